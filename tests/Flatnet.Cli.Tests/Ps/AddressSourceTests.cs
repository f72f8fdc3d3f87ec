using System.Net;
using System.Text.Json;
using Flatnet.Cli.Tests.Gateway;

namespace Flatnet.Cli.Tests.Ps;

/// <summary>The sources of addresses, read as <c>flatnet ps</c> reads them.</summary>
public sealed class AddressSourceTests
{
    private static async Task<string> SourcesAsync(PsLine line, params string[] arguments)
    {
        Assert.Equal(0, await line.RunAsync(["--format", "{{.Name}} {{.FlatnetIP}} {{.IPSource}}", .. arguments]));
        return line.Out;
    }

    [Fact]
    public async Task Leases_tell_the_address_of_a_container_that_does_not_run()
    {
        using var line = new PsLine();
        line.WriteLeases((Sample.Id("345aaa678bbb"), "10.87.1.12"));

        Assert.Contains("postgres 10.87.1.12 ipam\n", await SourcesAsync(line, "-a"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leases_that_explain_every_running_container_spare_podman_the_addresses()
    {
        using var line = new PsLine();
        line.WriteLeases((line.Engine.Containers[0].Id, "10.87.1.10"), (Sample.Id("789ffe012abc"), "10.87.1.11"));

        Assert.Equal("forgejo 10.87.1.10 ipam\nnginx 10.87.1.11 ipam\n", await SourcesAsync(line));
        Assert.False(Assert.Single(line.Engine.Requests).Addresses);
    }

    [Fact]
    public async Task A_running_container_without_a_lease_makes_podman_tell_the_addresses()
    {
        using var line = new PsLine();
        line.WriteLeases((Sample.Id("789ffe012abc"), "10.87.1.11"));

        Assert.Equal("forgejo 10.87.1.10 podman\nnginx 10.87.1.11 podman\n", await SourcesAsync(line));
        Assert.Equal([false, true], line.Engine.Requests.Select(request => request.Addresses));
    }

    [Fact]
    public async Task Json_tells_conflicts_and_so_asks_all_sources()
    {
        using var line = new PsLine();
        line.WriteLeases((line.Engine.Containers[0].Id, "10.87.1.99"), (Sample.Id("789ffe012abc"), "10.87.1.11"));

        Assert.Equal(0, await line.RunAsync("--json"));

        Assert.True(Assert.Single(line.Engine.Requests).Addresses);
        Assert.Contains("10.87.1.99", line.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_the_command_line_podman_tells_them_when_there_are_no_leases()
    {
        using var line = new PsLine();
        line.Engine.SocketPath = null;

        Assert.Equal("forgejo 10.87.1.10 podman\nnginx 10.87.1.11 podman\n", await SourcesAsync(line));
    }

    [Fact]
    public async Task The_lease_file_may_be_elsewhere()
    {
        using var line = new PsLine();
        line.Write("/srv/state.json", $$"""{"version":1,"leases":[{"ip":["10.87.1.12"],"id":"{{Sample.Id("345aaa678bbb")}}","if":"eth0"}],"reservations":[]}""");
        line.Environment["FLATNET_IPAM_PATH"] = line.Root + "/srv/state.json";

        Assert.Contains("postgres 10.87.1.12 ipam\n", await SourcesAsync(line, "-a"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_network_may_keep_its_leases_elsewhere()
    {
        using var line = new PsLine();
        line.Write("/etc/cni/net.d/20-flatnet.conflist", """
            {"cniVersion":"1.0.0","name":"flatnet","plugins":[{"type":"flatnet","bridge":"br9","ipam":{"type":"flatnet-ipam","subnet":"10.87.1.0/24","dataDir":"/srv/cni"}}]}
            """);
        line.Write("/srv/cni/flatnet/ipam.json", $$"""{"version":1,"leases":[{"ip":["10.87.1.12"],"id":"{{Sample.Id("345aaa678bbb")}}","if":"eth0"}],"reservations":[]}""");

        Assert.Contains("postgres 10.87.1.12 ipam\n", await SourcesAsync(line, "-a"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_flatnets_allocations_are_read_too()
    {
        using var line = new PsLine();
        line.Write("/srv/allocations.json", $$"""{"subnet":"10.87.1.0/24","host_id":1,"allocations":{"{{Sample.Id("345aaa678bbb")}}":"10.87.1.12","bad":"nonsense"} }""");
        line.Environment["FLATNET_IPAM_PATH"] = line.Root + "/srv/allocations.json";

        Assert.Contains("postgres 10.87.1.12 ipam\n", await SourcesAsync(line, "-a"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/var/lib/cni/networks/flatnet", "\r\neth0")]
    [InlineData("/var/lib/cni/networks/flatnet", "")]
    [InlineData("/var/lib/cni/flatnet", "\r\neth0\r\n")]
    public async Task Records_of_host_local_are_read(string directory, string rest)
    {
        using var line = new PsLine();
        line.Write(directory + "/10.87.1.12", Sample.Id("345aaa678bbb") + rest)
            .Write(directory + "/lock", "")
            .Write(directory + "/last_reserved_ip.0", "10.87.1.12");

        Assert.Contains("postgres 10.87.1.12 host-local\n", await SourcesAsync(line, "-a"), StringComparison.Ordinal);
        Assert.Empty(line.Error);
    }

    [Fact]
    public async Task The_network_can_have_another_name()
    {
        using var line = new PsLine();
        line.Environment["FLATNET_NETWORK"] = "office";
        line.Engine.Containers = [Sample.Running("a1", "web") with { Networks = [Sample.Network("flatnet", "192.0.2.1"), Sample.Network("office", "192.0.2.2")] }];

        Assert.Equal("web 192.0.2.2 podman\n", await SourcesAsync(line));
    }

    [Fact]
    public async Task An_address_in_a_subnet_of_the_plugin_counts_whatever_the_network_is_called()
    {
        using var line = new PsLine();
        line.Write("/etc/cni/net.d/20-team.conflist", """
            {"cniVersion":"1.0.0","name":"team","plugins":[{"type":"flatnet","bridge":"br9","ipam":{"type":"flatnet-ipam","ranges":[[{"subnet":"10.99.0.0/24"}]]}}]}
            """);
        line.Engine.Containers =
        [
            Sample.Running("a1", "web") with { Networks = [Sample.Network("podman", "10.88.0.5"), Sample.Network("team", "10.99.0.5")] },
            Sample.Running("a2", "other") with { Networks = [Sample.Network("podman", "10.88.0.6")] },
        ];

        Assert.Equal("web 10.99.0.5 podman\nother - \n", await SourcesAsync(line, "--sort", "id"));
    }

    [Fact]
    public async Task Without_installed_networks_the_shipped_subnet_counts()
    {
        using var line = new PsLine();
        line.Engine.Containers = [Sample.Running("a1", "web") with { Networks = [Sample.Network("podman", "10.88.0.5"), Sample.Network("x", "10.87.1.5")] }];

        Assert.Equal("web 10.87.1.5 podman\n", await SourcesAsync(line));
    }

    [Fact]
    public async Task Stale_leases_are_warnings_and_never_rows()
    {
        using var line = new PsLine();
        line.WriteLeases((Sample.Id("abc123def456"), "10.87.1.10"), (Sample.Id("dead00000001"), "10.87.1.9"), (Sample.Id("345aaa678bbb"), "10.87.1.12"));

        await line.RunAsync();

        Assert.Equal("Warning: stale allocation 10.87.1.9 → dead00000001 (ipam)\n", line.Error);
        Assert.Contains("Total: 2 containers", line.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_engine_filters_away_is_not_stale()
    {
        using var line = new PsLine();
        line.Engine.OwnFilter = container => container.Names[0] == "nginx";
        line.WriteLeases((Sample.Id("abc123def456"), "10.87.1.10"));

        await line.RunAsync("-f", "label=app");

        Assert.Empty(line.Error);
    }

    [Fact]
    public async Task Leases_of_nobody_here_hint_at_the_wrong_podman()
    {
        using var line = new PsLine();
        line.Engine.Containers = [];
        line.WriteLeases((Sample.Id("dead00000001"), "10.87.1.9"), (Sample.Id("dead00000002"), "10.87.1.8"));

        Assert.Equal(0, await line.RunAsync());

        Assert.Equal("Warning: 2 Flatnet addresses belong to containers this Podman instance cannot see (rootless?)\n", line.Error);
        Assert.Equal("No containers found.\n", line.Out);
    }

    [Fact]
    public async Task The_registry_is_asked_when_the_gateway_is_configured()
    {
        using var gateway = new FakeGateway("""[{"id":"789ffe012abc","ip":"10.87.1.11","hostname":"nginx","hostId":"2"}]""");
        using var line = new PsLine();
        line.Engine.Containers = [Sample.Running("789ffe012abc", "nginx")];
        line.Environment["FLATNET_GATEWAY_URL"] = gateway.Url;

        await line.RunAsync("--json");

        Assert.Equal("GET /api/containers", Assert.Single(gateway.Requests));
        JsonElement row = line.Json.GetProperty("containers")[0];
        Assert.Equal("10.87.1.11", row.GetProperty("flatnet_ip").GetString());
        Assert.Equal("registry", row.GetProperty("ip_source").GetString());
        Assert.Equal("2", row.GetProperty("host_id").GetString());
        Assert.Equal("ok", line.Json.GetProperty("sources").GetProperty("registry").GetString());
    }

    [Fact]
    public async Task Remote_lists_containers_of_other_hosts()
    {
        using var gateway = new FakeGateway(
            """
            [{"id":"789ffe012abc","ip":"10.87.1.11","hostname":"nginx","hostId":1},
             {"id":"beef00000001","ip":"10.100.2.7","hostname":"mail","hostId":2,"createdAt":"1768471200"},
             {"id":"beef00000002","ip":"10.87.1.9","hostname":"gone","hostId":1}]
            """);
        using var line = new PsLine();
        line.Environment["FLATNET_GATEWAY_URL"] = gateway.Url;

        await line.RunAsync("--remote", "--format", "{{.ID}} {{.Name}} {{.State}} {{.FlatnetIP}} {{.IPSource}} [{{.HostID}}] {{.CreatedAt}}");

        Assert.EndsWith("\nbeef00000001 mail remote 10.100.2.7 registry [2] 2026-01-15T10:00:00Z\n", line.Out, StringComparison.Ordinal);
        Assert.Contains("nginx running 10.87.1.11 podman [1]", line.Out, StringComparison.Ordinal);
        Assert.Equal("Warning: stale allocation 10.87.1.9 → beef00000002 (registry)\n", line.Error);
    }

    [Fact]
    public async Task Without_remote_those_of_other_hosts_are_neither_rows_nor_warnings()
    {
        using var gateway = new FakeGateway(
            """[{"id":"789ffe012abc","ip":"10.87.1.11","hostId":1},{"id":"beef00000001","ip":"10.100.2.7","hostname":"mail","hostId":2}]""");
        using var line = new PsLine();
        line.Environment["FLATNET_GATEWAY_URL"] = gateway.Url;

        await line.RunAsync();

        Assert.DoesNotContain("mail", line.Out, StringComparison.Ordinal);
        Assert.Empty(line.Error);
    }

    [Fact]
    public async Task A_remote_row_of_an_unknown_host_is_no_stale_allocation()
    {
        using var gateway = new FakeGateway("""[{"id":"beef00000001","ip":"10.100.2.7","hostname":"mail","hostId":2}]""");
        using var line = new PsLine();
        line.Environment["FLATNET_GATEWAY_URL"] = gateway.Url;

        await line.RunAsync("--remote", "-f", "state=remote");

        Assert.Equal(
            """
            CONTAINER ID   NAME   IMAGE   FLATNET IP   STATUS
            beef00000001   mail   -       10.100.2.7   Remote

            Total: 1 containers, 1 Flatnet IPs allocated

            """,
            line.Out);
        Assert.Empty(line.Error);
    }

    [Fact]
    public async Task A_gateway_that_forbids_gets_a_hint()
    {
        using var gateway = new FakeGateway("no", HttpStatusCode.Forbidden);
        using var line = new PsLine();
        line.Environment["FLATNET_GATEWAY_URL"] = gateway.Url;

        Assert.Equal(0, await line.RunAsync());

        Assert.Contains("403 Forbidden; it only admits its own host and the Nebula network", line.Error, StringComparison.Ordinal);
    }
}
