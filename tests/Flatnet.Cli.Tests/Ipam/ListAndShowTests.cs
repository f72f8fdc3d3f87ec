using System.Text.Json;

namespace Flatnet.Cli.Tests.Ipam;

public sealed class ListAndShowTests : IDisposable
{
    private readonly IpamFixture _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Ls_lists_every_state_in_numeric_order()
    {
        _machine.Document(
            [
                IpamFixture.Lease("10.87.1.10", "aaaaaaaaaaaaaaaaaaaa", "web", more: ",\"mac\":\"0a:f4:0a:57:01:0a\""),
                IpamFixture.Lease("10.87.1.9", "bbbbbbbbbbbbbbbbbbbb", ns: IpamFixture.Gone),
                IpamFixture.Lease("10.87.1.3", "cccccccccccccccccccc", "old", boot: "boot-0"),
            ],
            IpamFixture.Reservation("web", "10.87.1.10"),
            IpamFixture.Reservation("db", "10.87.1.20"),
            IpamFixture.Reservation("dns", "10.87.1.100", isStatic: true));

        IpamFixture.Outcome outcome = await _machine.RunAsync("ls");

        Assert.Equal(0, outcome.Code);
        Assert.Equal(
            """
            ADDRESS       NAME   CONTAINER ID   STATE      SINCE              AGE     MAC
            10.87.1.3     old    cccccccccccc   stale      2026-03-01 10:00   2h 0m   -
            10.87.1.9     -      bbbbbbbbbbbb   stale      2026-03-01 10:00   2h 0m   -
            10.87.1.10    web    aaaaaaaaaaaa   live       2026-03-01 10:00   2h 0m   0a:f4:0a:57:01:0a
            10.87.1.20    db     -              reserved   2026-02-26 12:00   3d 0h   -
            10.87.1.100   dns    -              static     2026-02-26 12:00   3d 0h   -

            """,
            outcome.Out);
    }

    [Fact]
    public async Task Ls_in_json_tells_everything_about_an_address()
    {
        _machine.Document([IpamFixture.Lease("10.87.1.2", "aaaaaaaaaaaaaaaaaaaa", "web")], IpamFixture.Reservation("web", "10.87.1.2", isStatic: true));

        JsonElement json = (await _machine.RunAsync("ls --json")).Json;

        Assert.Equal(("flatnet", "/var/lib/cni/flatnet/ipam.json"), (json.GetProperty("network").GetString(), json.GetProperty("file").GetString()));
        JsonElement entry = Assert.Single(json.GetProperty("addresses").EnumerateArray());
        Assert.Equal(
            ("10.87.1.2", "web", "live", "aaaaaaaaaaaaaaaaaaaa", "2026-03-01T10:00:00Z"),
            (Text("address"), Text("name"), Text("state"), Text("container_id"), Text("since")));
        Assert.Equal((7200, true), (entry.GetProperty("age_seconds").GetInt32(), entry.GetProperty("static").GetBoolean()));
        Assert.Equal((JsonValueKind.Null, IpamFixture.Live), (entry.GetProperty("mac").ValueKind, Text("namespace")));

        string? Text(string key) => entry.GetProperty(key).GetString();
    }

    [Fact]
    public async Task Ls_before_the_first_container_has_no_rows_and_creates_nothing()
    {
        IpamFixture.Outcome outcome = await _machine.RunAsync("ls");

        Assert.Equal((0, "ADDRESS   NAME   CONTAINER ID   STATE   SINCE   AGE   MAC\n"), (outcome.Code, outcome.Out));
        Assert.False(Directory.Exists(_machine.Root + "/var"));
    }

    [Fact]
    public async Task Control_characters_of_a_name_do_not_reach_the_terminal()
    {
        _machine.Document([IpamFixture.Lease("10.87.1.2", "aaaaaaaaaaaaaaaaaaaa", "\\u001b[31mred\\u0007")]);

        Assert.Contains("   red   ", (await _machine.RunAsync("ls")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_leases_are_where_the_installed_network_says()
    {
        _machine.Conflist("\"dataDir\":\"/srv/leases\",\"subnet\":\"10.9.0.0/24\",\"reservations\":{\"dns\":\"10.9.0.5\"}", "office");
        _machine.Write("/srv/leases/office/ipam.json", $$"""{"version":1,"leases":[{{IpamFixture.Lease("10.9.0.2", "c1")}}]}""");

        JsonElement json = (await _machine.RunAsync("ls --json --network office")).Json;

        Assert.Equal(["10.9.0.2", "10.9.0.5"], json.GetProperty("addresses").EnumerateArray().Select(entry => entry.GetProperty("address").GetString()));
        Assert.Equal("/srv/leases/office/ipam.json", json.GetProperty("file").GetString());
    }

    [Fact]
    public async Task The_configured_path_of_the_lease_file_wins()
    {
        _machine.Environment["FLATNET_IPAM_PATH"] = "/srv/copy.json";
        _machine.Write("/srv/copy.json", $$"""{"version":1,"leases":[{{IpamFixture.Lease("10.87.1.7", "c7")}}]}""");

        JsonElement json = (await _machine.RunAsync("ls --json")).Json;

        Assert.Equal("/srv/copy.json", json.GetProperty("file").GetString());
        Assert.Equal("10.87.1.7", Assert.Single(json.GetProperty("addresses").EnumerateArray()).GetProperty("address").GetString());
    }

    [Fact]
    public async Task An_unknown_network_is_an_error_that_names_near_ones()
    {
        _machine.Conflist("\"subnet\":\"10.9.0.0/24\"", "office");

        IpamFixture.Outcome outcome = await _machine.RunAsync("ls --network offic");

        Assert.Equal((1, "Error: there is no network \"offic\" in /etc/cni/net.d\nDid you mean office?\n"), (outcome.Code, outcome.Error));
    }

    [Fact]
    public async Task A_network_whose_addresses_are_anothers_is_refused()
    {
        _machine.Conflist("\"subnet\":\"10.9.0.0/24\"", "flatnet", "host-local");

        IpamFixture.Outcome outcome = await _machine.RunAsync("ls");

        Assert.Equal(1, outcome.Code);
        Assert.Contains("leaves them to host-local", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_described_wrongly_is_refused_with_the_reason()
    {
        _machine.Conflist("\"subnet\":\"10.9.0.0/99\"");

        IpamFixture.Outcome outcome = await _machine.RunAsync("ls");

        Assert.Equal(1, outcome.Code);
        Assert.Contains("10.9.0.0/99", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("Correct /etc/cni/net.d/flatnet.conflist.", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ls")]
    [InlineData("show web")]
    public async Task A_broken_lease_file_is_an_error_and_is_left_alone(string command)
    {
        _machine.Raw("{\"version\":1,\"leases\":[");

        IpamFixture.Outcome outcome = await _machine.RunAsync(command);

        Assert.Equal((1, ""), (outcome.Code, outcome.Out));
        Assert.StartsWith("Error: the lease file /var/lib/cni/flatnet/ipam.json does not parse: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("sudo flatnet ipam gc", outcome.Error, StringComparison.Ordinal);
        Assert.Equal("{\"version\":1,\"leases\":[", File.ReadAllText(_machine.LeaseFile));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(_machine.LeaseFile)!));
    }

    [Theory]
    [InlineData("show nobody --json", "failed", "no address of network \"flatnet\" is leased to or reserved for \"nobody\"")]
    [InlineData("ls --network ../up --json", "failed", "there is no network \"../up\" in /etc/cni/net.d")]
    public async Task An_error_is_json_on_request_and_told_all_the_same(string command, string errorCode, string message)
    {
        IpamFixture.Outcome outcome = await _machine.RunAsync(command);

        Assert.Equal(1, outcome.Code);
        JsonElement error = outcome.Json.GetProperty("error");
        Assert.Equal((errorCode, message), (error.GetProperty("code").GetString(), error.GetProperty("message").GetString()));
        Assert.StartsWith($"Error: {message}\n", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_tells_everything_about_a_name()
    {
        _machine.Document(
            [IpamFixture.Lease("10.87.1.10", "aaaaaaaaaaaaaaaaaaaa", "web", more: ",\"mac\":\"0a:f4:0a:57:01:0a\",\"host\":\"veth123\"")],
            IpamFixture.Reservation("web", "10.87.1.10"));

        Assert.Equal(
            """
            Address:       10.87.1.10
            Network:       flatnet
            Name:          web
            State:         live
            Container:     aaaaaaaaaaaaaaaaaaaa
            Interface:     eth0
            MAC:           0a:f4:0a:57:01:0a
            Host end:      veth123
            Namespace:     /proc/self/ns/net
            Since:         2026-03-01 10:00:00 (2h 0m ago)
            Reservation:   sticky, last used 2026-02-26 12:00:00 (3d 0h ago)

            """,
            (await _machine.RunAsync("show web")).Out);
    }

    [Theory]
    [InlineData("10.87.1.3", "stale: leased before the machine was started")]
    [InlineData("10.87.1.4", "stale: the container's network namespace is gone")]
    [InlineData("bbbbbbbbbbbb", "stale: the container's network namespace is gone")]
    [InlineData("10.87.1.9", "static, by /etc/cni/net.d/flatnet.conflist")]
    [InlineData("10.87.1.1", "gateway")]
    [InlineData("10.87.1.77", "free")]
    public async Task Show_says_what_an_address_is(string target, string state)
    {
        _machine.Conflist("\"subnet\":\"10.87.1.0/24\",\"reservations\":{\"dns\":\"10.87.1.9\"}");
        _machine.Document([
            IpamFixture.Lease("10.87.1.3", "aaaaaaaaaaaaaaaaaaaa", boot: "boot-0"),
            IpamFixture.Lease("10.87.1.4", "bbbbbbbbbbbbbbbbbbbb", ns: IpamFixture.Gone)]);

        IpamFixture.Outcome outcome = await _machine.RunAsync($"show {target}");

        Assert.Equal(0, outcome.Code);
        Assert.Contains($" {state}\n", outcome.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wep", "Did you mean web?")]
    [InlineData("zebra", "\"flatnet ipam ls\" lists what there is.")]
    [InlineData("10.99.0.1", "The ranges are 10.87.1.1-10.87.1.254.")]
    public async Task Show_of_nothing_is_an_error_that_helps(string target, string advice)
    {
        _machine.Document([], IpamFixture.Reservation("web", "10.87.1.10"));

        IpamFixture.Outcome outcome = await _machine.RunAsync($"show {target}");

        Assert.Equal((1, ""), (outcome.Code, outcome.Out));
        Assert.EndsWith(advice + "\n", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(59, "59s")]
    [InlineData(60, "1m")]
    [InlineData(3599, "59m")]
    [InlineData(12_000, "3h 20m")]
    [InlineData(447_000, "5d 4h")]
    [InlineData(-5, "0s")]
    public void An_age_has_two_units_at_most(int seconds, string text) => Assert.Equal(text, Flatnet.Cli.Ipam.AgeText.Of(TimeSpan.FromSeconds(seconds)));
}
