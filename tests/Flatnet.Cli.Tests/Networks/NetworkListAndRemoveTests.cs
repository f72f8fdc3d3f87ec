using System.Text.Json;

namespace Flatnet.Cli.Tests.Networks;

public sealed class NetworkListAndRemoveTests : IDisposable
{
    private readonly NetworkFixture _machine = new();

    public void Dispose() => _machine.Dispose();

    private void Lease(string network, string name, string path) => _machine.Write($"/var/lib/cni/{network}/ipam.json", $$"""
        {"version":1,"network":"{{network}}","boot":"boot-1","leases":[{"ip":["10.87.1.2"],"id":"aaaaaaaaaaaaaaaa","if":"eth0","name":"{{name}}","ns":"{{path}}","at":1}],"reservations":[]}
        """);

    private bool Exists(string path) => File.Exists(_machine.Root + path);

    [Fact]
    public async Task Ls_lists_the_networks_of_flatnet_and_tells_of_broken_files()
    {
        _machine.Conflist("one", "10.87.1.0/24", "br1");
        _machine.Conflist("other", "10.88.0.0/16", "cni0", "bridge");
        _machine.Conflist("two", "10.87.2.0/24", "br2", more: "},\"mtu\":1400,\"x\":{");
        _machine.Write("/etc/cni/net.d/zz.conflist", "{");

        (int code, string output, string error) = await _machine.RunAsync("ls");

        Assert.Equal(0, code);
        Assert.Equal(
            """
            NAME   SUBNET         GATEWAY     BRIDGE   MTU      FILE
            one    10.87.1.0/24   10.87.1.1   br1      uplink   /etc/cni/net.d/one.conflist
            two    10.87.2.0/24   10.87.2.1   br2      1400     /etc/cni/net.d/two.conflist

            """,
            output);
        Assert.StartsWith("Warning: /etc/cni/net.d/zz.conflist: is not JSON", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ls_in_json_has_one_object_per_network()
    {
        _machine.Conflist("one", "10.87.1.0/24", "br1");

        JsonElement network = Assert.Single(JsonDocument.Parse((await _machine.RunAsync("ls --json")).Out).RootElement.GetProperty("networks").EnumerateArray());

        Assert.Equal(("one", "br1", 0), (network.GetProperty("name").GetString(), network.GetProperty("bridge").GetString(), network.GetProperty("mtu").GetInt32()));
        Assert.Equal(["10.87.1.0/24"], network.GetProperty("subnets").EnumerateArray().Select(subnet => subnet.GetString()));
    }

    [Fact]
    public async Task Rm_removes_the_file_and_keeps_the_leases()
    {
        await _machine.RunAsync("create one");
        Lease("one", "web", "/nonexistent");

        Assert.Equal((0, "one is removed.\n", ""), await _machine.RunAsync("rm one"));

        Assert.False(Exists("/etc/cni/net.d/50-one.conflist"));
        Assert.True(Exists("/var/lib/cni/one/ipam.json"));
    }

    [Fact]
    public async Task Purge_forgets_the_leases_and_leaves_what_is_not_the_plugins()
    {
        await _machine.RunAsync("create one");
        await _machine.RunAsync("create two");
        Lease("one", "web", "/nonexistent");
        Lease("two", "web", "/nonexistent");
        _machine.Write("/var/lib/cni/one/ipam.lock", "");
        _machine.Write("/var/lib/cni/two/notes.txt", "mine");

        await _machine.RunAsync("rm one --purge");
        await _machine.RunAsync("rm two --purge");

        Assert.False(Directory.Exists(_machine.Root + "/var/lib/cni/one"));
        Assert.Equal([_machine.Root + "/var/lib/cni/two/notes.txt"], Directory.GetFiles(_machine.Root + "/var/lib/cni/two"));
    }

    [Fact]
    public async Task Rm_refuses_while_containers_live_and_names_them()
    {
        await _machine.RunAsync("create one");
        Lease("one", "web", "/proc/self/ns/net");

        (int code, _, string error) = await _machine.RunAsync("rm one");

        Assert.Equal(1, code);
        Assert.StartsWith("Error: the network \"one\" is in use by web (10.87.1.2)\nStop these containers first.", error, StringComparison.Ordinal);
        Assert.True(Exists("/etc/cni/net.d/50-one.conflist"));
        Assert.Equal(0, (await _machine.RunAsync("rm one --force")).Code);
    }

    [Fact]
    public async Task Rm_leaves_networks_of_others_to_others()
    {
        _machine.Conflist("other", "10.88.0.0/16", "cni0", "bridge");

        (int code, _, string error) = await _machine.RunAsync("rm other --force");

        Assert.Equal((1, "Error: \"other\" is not a network of Flatnet: /etc/cni/net.d/other.conflist\nPodman removes it: podman network rm other\n"), (code, error));
        Assert.True(Exists("/etc/cni/net.d/other.conflist"));
    }

    [Fact]
    public async Task Rm_of_an_unknown_network_names_near_ones()
    {
        await _machine.RunAsync("create office");

        Assert.Equal((1, "", "Error: there is no network \"ofice\" in /etc/cni/net.d\nDid you mean office?\n"), await _machine.RunAsync("rm ofice"));
    }
}
