using System.Text.Json.Nodes;
using Flatnet.EndToEnd.Tests.Harness;

namespace Flatnet.EndToEnd.Tests.Chains;

/// <summary>Somebody changes one word, <c>"type": "bridge"</c> into <c>"type": "flatnet"</c>, in the list that Podman wrote.</summary>
public sealed class SwapTests : IDisposable
{
    private const string Network = "podnet";

    private readonly Sandbox _sandbox = new();

    public void Dispose()
    {
        _sandbox.Dispose();
    }

    [HostFact("podman", "runc", "bridge", "host-local", "portmap", "firewall", "tuning")]
    public void A_podman_network_goes_on_working_with_published_ports()
    {
        PodmanHost podman = new(_sandbox);
        using Uplink uplink = new(_sandbox);
        _sandbox.AddNetwork(Networks.PodmanDefault("bridge"));
        podman.RunWeb("old", "--network", Network, "--publish", "8080:80");
        string oldAddress = podman.AddressOf("old", Network);
        Assert.Equal("old", Traffic.From(_sandbox).Fetch("127.0.0.1", WebFiles.NamePath, 8080));

        _sandbox.AddNetwork(Networks.PodmanDefault("flatnet"));
        podman.RunWeb("new", "--network", Network, "--publish", "8081:80");
        string newAddress = podman.AddressOf("new", Network);

        Assert.NotEqual(oldAddress, newAddress);
        Assert.Equal("new", Traffic.From(_sandbox).Fetch(newAddress, WebFiles.NamePath));
        Assert.Equal("new", podman.From("old").Fetch(newAddress, WebFiles.NamePath));
        Assert.Equal("old", podman.From("new").Fetch(oldAddress, WebFiles.NamePath));
        foreach ((string name, int port) in new[] { ("old", 8080), ("new", 8081) })
        {
            Assert.Equal(name, Traffic.From(_sandbox).Fetch("127.0.0.1", WebFiles.NamePath, port));
            Assert.Equal(name, Traffic.From(uplink.Outside).Fetch(Uplink.HostAddress, WebFiles.NamePath, port));
        }

        Assert.Equal(Uplink.HostAddress, podman.From("new").AddressSeenBy(Uplink.OutsideAddress));
        podman.Run("rm", "--force", "--time", "0", "old", "new");
        Assert.Null(Traffic.From(_sandbox).Fetch("127.0.0.1", port: 8080));
        Assert.Null(Traffic.From(_sandbox).Fetch("127.0.0.1", port: 8081));
        Assert.DoesNotContain(HostTraces.Of(_sandbox), trace => trace.Contains("veth", StringComparison.Ordinal));
    }

    [HostFact("podman", "runc", "bridge", "host-local", "portmap", "firewall", "tuning")]
    public void Ports_published_with_a_fixed_address_and_mac_answer()
    {
        PodmanHost podman = new(_sandbox);
        _sandbox.AddNetwork(Networks.PodmanDefault("flatnet"));

        podman.RunWeb("web", "--network", Network, "--publish", "8080:80", "--ip", "10.89.5.50", "--mac-address", "02:aa:bb:cc:dd:05");

        Assert.Equal("10.89.5.50", podman.AddressOf("web", Network));
        Assert.Equal("02:aa:bb:cc:dd:05", podman.MacOf("web", Network));
        Assert.Equal("web", Traffic.From(_sandbox).Fetch("127.0.0.1", WebFiles.NamePath, 8080));
    }

    [HostFact("host-local", "portmap", "firewall", "tuning")]
    public void Every_plugin_of_the_list_finds_its_work_intact()
    {
        ConflistRunner runner = new(_sandbox, Networks.PodmanDefault("flatnet"));
        Node node = _sandbox.AddNode("container");

        JsonObject result = runner.Add(node);

        Assert.Equal("0.4.0", (string)result["cniVersion"]!);
        Assert.Equal("4", (string)result["ips"]![0]!["version"]!);
        runner.Check(node);

        node.Run("ip", "address", "flush", "dev", "eth0");
        CommandResult check = runner.TryCheck(runner.Plugin(0), node).ExpectFailure();
        Assert.Contains("10.89.5.", check.Output, StringComparison.Ordinal);
        runner.Delete(node);
    }
}
