using System.Text.Json.Nodes;
using Flatnet.EndToEnd.Tests.Harness;

namespace Flatnet.EndToEnd.Tests.Chains;

/// <summary>Flatnet and the reference plugins, in one list, called as a runtime's library does.</summary>
public sealed class ReferencePluginTests : IDisposable
{
    private static readonly JsonObject NoPorts = [];

    private readonly Sandbox _sandbox = new();
    private readonly Node _first;
    private readonly Node _second;
    private readonly IReadOnlyList<string> _before;

    public ReferencePluginTests()
    {
        _first = _sandbox.AddNode("first");
        _second = _sandbox.AddNode("second");
        _before = HostTraces.Of(_sandbox);
    }

    public void Dispose()
    {
        _sandbox.Dispose();
    }

    [HostFact("bridge", "host-local")]
    public void Reference_bridge_takes_addresses_from_our_ipam()
    {
        ConflistRunner runner = new(_sandbox, Networks.List("mixed", Networks.BridgePlugin("mixed0", Networks.FlatnetIpam())));

        string first = AddressIn(runner.Add(_first));
        string second = AddressIn(runner.Add(_second));

        Assert.NotEqual(first, second);
        Assert.True(Traffic.From(_first).Pings(second));
        Assert.True(Traffic.From(_sandbox).Pings(first));
        Assert.Equal(2, LeaseState.Leases(_sandbox, "mixed"));
        runner.Check(_first);
        runner.Delete(_first);
        runner.Delete(_second);
        Assert.Equal(0, LeaseState.Leases(_sandbox, "mixed"));
    }

    [HostFact("bridge", "host-local")]
    public void Reference_bridge_reports_a_lost_lease_through_our_ipam()
    {
        ConflistRunner runner = new(_sandbox, Networks.List("mixed", Networks.BridgePlugin("mixed0", Networks.FlatnetIpam())));
        runner.Add(_first);
        runner.Check(_first);

        JsonNode state = LeaseState.Document(_sandbox, "mixed");
        state["leases"] = new JsonArray();
        _sandbox.Write("/var/lib/cni/mixed/ipam.json", state.ToJsonString());

        CommandResult check = runner.TryCheck(runner.Plugin(0), _first).ExpectFailure();
        Assert.Contains("id-first", check.Output, StringComparison.Ordinal);
    }

    [HostFact("host-local", "nft")]
    public void Flatnet_takes_addresses_from_host_local()
    {
        ConflistRunner runner = new(
            _sandbox, Networks.List(Networks.Flat, Networks.FlatnetPlugin(Networks.FlatBridge, Networks.HostLocal("10.87.1.0/24"))));

        string first = AddressIn(runner.Add(_first));
        string second = AddressIn(runner.Add(_second));

        Assert.NotEqual(first, second);
        Assert.True(File.Exists(_sandbox.Outside($"/var/lib/cni/networks/flatnet/{first}")));
        Assert.True(Traffic.From(_first).Pings(second));
        Assert.True(Traffic.From(_sandbox).Pings(first));
        runner.Check(_first);
        runner.Check(_second);
        runner.Delete(_first);
        runner.Delete(_second);
        HostTraces.AssertSame(_before, _sandbox);
    }

    [HostFact("portmap", "firewall", "tuning", "nft")]
    public void Portmap_firewall_and_tuning_follow_flatnet_in_one_list()
    {
        ConflistRunner runner = new(_sandbox, Networks.List(
            Networks.Flat,
            Networks.FlatnetPlugin(Networks.FlatBridge, Networks.FlatnetIpam()),
            Networks.PortMap(),
            new JsonObject { ["type"] = "firewall", ["backend"] = "iptables" },
            new JsonObject { ["type"] = "tuning", ["sysctl"] = new JsonObject { ["net.ipv4.conf.eth0.arp_filter"] = "1" } }));
        JsonObject ports = Ports(8080, 80);

        JsonObject result = runner.Add(_first, ports);
        runner.Add(_second, NoPorts);
        using WebServer web = new(_sandbox, _first);

        Assert.Equal(WebFiles.IndexPage.TrimEnd(), Traffic.From(_sandbox).Fetch(AddressIn(result)));
        Assert.Equal(WebFiles.IndexPage.TrimEnd(), Traffic.From(_sandbox).Fetch("127.0.0.1", port: 8080));
        Assert.Equal(WebFiles.IndexPage.TrimEnd(), Traffic.From(_second).Fetch(Networks.FlatGateway, port: 8080));
        Assert.Equal("1", _first.Run("cat", "/proc/sys/net/ipv4/conf/eth0/arp_filter").Text);
        // portmap 1.1.1 looks for its IPv4 rules among those for IPv6: its own CHECK fails as soon as a port is published.
        runner.Check(_first, ports, except: "portmap");
        runner.Check(_second, NoPorts);

        runner.Delete(_second, NoPorts);
        Assert.Equal(WebFiles.IndexPage.TrimEnd(), Traffic.From(_sandbox).Fetch("127.0.0.1", port: 8080));
        runner.Delete(_first, ports);
        Assert.Null(Traffic.From(_sandbox).Fetch("127.0.0.1", port: 8080));
        Assert.DoesNotContain(HostTraces.Of(_sandbox).Except(_before), trace => trace.Contains("link veth", StringComparison.Ordinal));
        Assert.Equal(0, LeaseState.Leases(_sandbox));
    }

    [HostFact("tuning")]
    public void A_mac_that_tuning_changes_afterwards_does_not_break_check()
    {
        ConflistRunner runner = new(_sandbox, Networks.List(
            Networks.Flat,
            Networks.FlatnetPlugin(Networks.FlatBridge, Networks.FlatnetIpam()),
            new JsonObject { ["type"] = "tuning", ["mac"] = "02:00:00:00:00:77" }));

        JsonObject result = runner.Add(_first);

        Assert.Equal("02:00:00:00:00:77", (string)result["interfaces"]![2]!["mac"]!);
        Assert.Contains("02:00:00:00:00:77", _first.Run("ip", "link", "show", "eth0").Output, StringComparison.Ordinal);
        runner.Check(_first);
        runner.Delete(_first);
    }

    [HostFact("portmap", "firewall", "tuning", "nft")]
    public void Delete_backward_succeeds_again_and_again_also_when_the_namespace_is_gone()
    {
        ConflistRunner runner = new(_sandbox, Networks.PodmanDefault("flatnet"));
        JsonObject ports = Ports(8080, 80);
        runner.Add(_first, ports);

        _sandbox.Run("ip", "netns", "delete", _first.Name);
        runner.Delete(_first, ports);
        runner.Delete(_first, ports);
        runner.Delete(_first, ports, namespacePath: "");

        Assert.DoesNotContain(HostTraces.Of(_sandbox), trace => trace.Contains("link veth", StringComparison.Ordinal));
        Assert.Null(Traffic.From(_sandbox).Fetch("127.0.0.1", port: 8080));
    }

    private static JsonObject Ports(int host, int container)
    {
        JsonObject mapping = new() { ["hostPort"] = host, ["containerPort"] = container, ["protocol"] = "tcp" };
        return new JsonObject { ["portMappings"] = new JsonArray(mapping) };
    }

    private static string AddressIn(JsonObject result)
    {
        return ((string)result["ips"]![0]!["address"]!).Split('/')[0];
    }
}
