using System.Text.Json.Nodes;

namespace Flatnet.Plugin.Tests.Removal;

/// <summary>DEL succeeds whatever is gone or wrong already, and removes what is there.</summary>
public sealed class DelTests : IDisposable
{
    private const string SpoofRule = "flatnet fn c1 eth0";

    private static readonly JsonObject Configuration = Configurations.IPv4("""{"ipMasq":true,"macspoofchk":true}""");

    private static readonly Dictionary<string, Action<RawCall>> Faults = new()
    {
        ["nothing"] = _ => { },
        ["netns empty"] = call => call.With("CNI_NETNS", ""),
        ["netns missing"] = call => call.With("CNI_NETNS", null),
        ["netns nonexistent"] = call => call.With("CNI_NETNS", "/run/netns/nonesuch"),
        ["netns a file"] = call => call.With("CNI_NETNS", "/tmp/a-file"),
        ["netns a directory"] = call => call.With("CNI_NETNS", "/tmp"),
        ["netns a mount namespace"] = call => call.With("CNI_NETNS", "/proc/self/ns/mnt"),
        ["netns the host's own"] = call => call.With("CNI_NETNS", "/proc/self/ns/net"),
        ["vlan out of range"] = call => call.Set("vlan", "9999"),
        ["mtu text"] = call => call.Set("mtu", "\"x\""),
        ["hairpin and promiscuous"] = call => call.Set("hairpinMode", "true").Set("promiscMode", "true"),
        ["range invalid"] = call => call.Set("ipam.ranges", """[[{"subnet":"10.87.1.7/24"}]]"""),
        ["ranges missing"] = call => call.Set("ipam.ranges", "null"),
        ["route invalid"] = call => call.Set("ipam.routes", """[{"dst":"x"}]"""),
        ["MAC invalid"] = call => call.Set("runtimeConfig.mac", "\"x\""),
        ["CNI_ARGS invalid"] = call => call.With("CNI_ARGS", "COLOUR"),
        ["CNI_ARGS unknown"] = call => call.With("CNI_ARGS", "COLOUR=blue;IP=10.87.1.9"),
        ["requested address invalid"] = call => call.Set("runtimeConfig.ips", "[\"x\"]"),
        ["prevResult of nonsense"] = call => call.Set("prevResult", "{\"cniVersion\":\"7\",\"ips\":5}"),
        ["runtimeConfig that ADD never had"] = call => call.Set("runtimeConfig", """{"portMappings":[{"hostPort":80,"containerPort":80}],"aliases":{"fn":["a"]}}"""),
    };

    private readonly Host _host = new();
    private readonly Node _node;
    private readonly HostSnapshot _before;

    public DelTests()
    {
        _node = _host.AddContainer();
        _host.Sandbox.Write("/tmp/a-file", "not a namespace\n");
        _host.Sandbox.Run("sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
        _before = HostSnapshot.Of(_host);
        _host.Add(Configuration, _node);
        Assert.Contains(SpoofRule, _host.RuleComments());
    }

    public static TheoryData<string> FaultNames { get; } = [.. Faults.Keys];

    public void Dispose()
    {
        _host.Dispose();
    }

    [PluginTheory]
    [MemberData(nameof(FaultNames))]
    public void Removes_everything_in_spite_of(string fault)
    {
        RawCall call = new("DEL", Configuration, _node);
        Faults[fault](call);

        CommandResult result = call.Run(_host.Sandbox).ExpectSuccess();

        Assert.Equal("", result.Output);
        _before.AssertKernelUnchanged(_host);
        Assert.Empty(_host.Leases());
    }

    [PluginFact]
    public void Succeeds_three_times_in_a_row()
    {
        _host.Del(Configuration, _node);
        _host.Del(Configuration, _node);
        _host.Del(Configuration, _node);

        _before.AssertKernelUnchanged(_host);
        Assert.Empty(_host.Leases());
    }

    [PluginFact]
    public void Succeeds_when_the_container_deleted_its_interface()
    {
        _node.Run("ip", "link", "delete", "eth0");

        _host.Del(Configuration, _node);

        _before.AssertKernelUnchanged(_host);
        Assert.Empty(_host.Leases());
    }

    [PluginFact]
    public void Succeeds_when_the_container_renamed_its_interface()
    {
        _node.Run("ip", "link", "set", "eth0", "down");
        _node.Run("ip", "link", "set", "eth0", "name", "renamed0");

        _host.Del(Configuration, _node);

        _before.AssertKernelUnchanged(_host);
    }

    [PluginFact]
    public void Succeeds_when_the_namespace_is_gone()
    {
        _host.Containers.Clear();
        _host.Sandbox.Run("ip", "netns", "delete", _node.Name);

        _host.Del(Configuration, _node);

        Assert.Equal(["lo"], Kernel.Of(_host).Links());
        Assert.Empty(_host.RuleComments());
        Assert.Empty(_host.Leases());
    }

    [PluginFact]
    public void Succeeds_when_the_state_is_gone()
    {
        _host.Sandbox.Run("rm", "-rf", "/var/lib/cni");

        _host.Call("DEL", Configuration, _node).ExpectSuccess();

        _before.AssertKernelUnchanged(_host);
    }

    [PluginFact]
    public void Succeeds_when_bridge_and_rules_are_gone()
    {
        _host.Sandbox.Run("ip", "link", "delete", Configurations.Bridge);
        _host.Sandbox.Run("nft", "flush", "ruleset");

        _host.Del(Configuration, _node);

        _before.AssertKernelUnchanged(_host);
        Assert.Empty(_host.Leases());
    }

    [PluginFact]
    public void Succeeds_for_an_attachment_that_never_was()
    {
        Node stranger = _host.AddContainer("stranger");
        HostSnapshot attached = HostSnapshot.OfSettled(_host);

        _host.Del(Configuration, stranger);

        attached.AssertUnchanged(_host);
    }

    [PluginFact]
    public void Leaves_the_host_s_own_interface_of_that_name_alone()
    {
        // Only when the host's end is gone does anybody look into the namespace.
        _host.Del(Configuration, _node);
        _host.Sandbox.Run("ip", "link", "add", "eth0", "type", "veth", "peer", "name", "wire");

        CommandResult result = new RawCall("DEL", Configuration, _node).With("CNI_NETNS", "/proc/self/ns/net").Run(_host.Sandbox).ExpectSuccess();

        Assert.Contains("eth0", Kernel.Of(_host).Links());
        Assert.Contains("/proc/self/ns/net", result.Error, StringComparison.Ordinal);
    }

    [PluginFact]
    public void Removes_one_of_two_attachments_and_leaves_the_other()
    {
        Node second = _host.AddContainer("c2");
        JsonObject secondResult = _host.Add(Configuration, second);

        _host.Del(Configuration, _node);

        _host.Check(Configuration, secondResult, second).ExpectSuccess();
        Assert.Equal(["c2 eth0"], _host.Leases());
        Assert.DoesNotContain(SpoofRule, _host.RuleComments());
        Assert.True(Traffic.From(second).Pings(Configurations.Gateway));
    }

    [PluginFact]
    public void Removes_only_its_own_network_s_bridge_though_the_configuration_is_invalid()
    {
        JsonObject other = Configurations.IPv4("""{"name":"other","bridge":"other0"}""");
        other["ipam"]!["ranges"] = JsonNode.Parse("""[[{"subnet":"10.88.1.0/24"}]]""");
        _host.Add(other, _node, "eth1");

        _host.Call("DEL", other.With("vlan", "-7"), _node, "eth1").ExpectSuccess();

        Assert.DoesNotContain("other0", Kernel.Of(_host).Links());
        Assert.Contains(Configurations.Bridge, Kernel.Of(_host).Links());
        Assert.Contains("eth0", Kernel.Of(_node).Links());
    }
}
