using System.Text.Json.Nodes;

namespace Flatnet.Plugin.Tests.Keys;

/// <summary>The flags of bridge and port: <c>hairpinMode</c>, <c>promiscMode</c>, <c>portIsolation</c>, <c>macspoofchk</c>.</summary>
public sealed class PortTests : IDisposable
{
    private readonly Host _host = new();
    private readonly Node _node;

    public PortTests()
    {
        _node = _host.AddContainer();
    }

    public void Dispose()
    {
        _host.Dispose();
    }

    [PluginTheory]
    [InlineData("hairpinMode", "hairpin")]
    [InlineData("portIsolation", "isolated")]
    public void A_port_flag_is_on_or_off_as_configured(string key, string flag)
    {
        Assert.True(Kernel.Of(_host).PortFlag(PortOf(_host.Add(Configurations.IPv4($$"""{"{{key}}":true}"""), _node)), flag));
        Assert.False(Kernel.Of(_host).PortFlag(PortOf(_host.Add(Configurations.IPv4($$"""{"{{key}}":false}"""), _node, "eth1")), flag));
    }

    [PluginFact]
    public void PromiscMode_switches_the_bridge_and_never_off()
    {
        JsonObject promiscuous = Configurations.Layer2("""{"promiscMode":true}""");

        _host.Add(promiscuous, _node);
        Assert.True(Kernel.Of(_host).HasFlag(Configurations.Bridge, "PROMISC"));

        _host.Add(Configurations.Layer2(), _node, "eth1");
        Assert.True(Kernel.Of(_host).HasFlag(Configurations.Bridge, "PROMISC"));
    }

    [PluginFact]
    public void PromiscMode_switches_an_existing_bridge_too()
    {
        _host.Add(Configurations.Layer2(), _node);
        Assert.False(Kernel.Of(_host).HasFlag(Configurations.Bridge, "PROMISC"));

        _host.Add(Configurations.Layer2("""{"promiscMode":true}"""), _node, "eth1");

        Assert.True(Kernel.Of(_host).HasFlag(Configurations.Bridge, "PROMISC"));
    }

    [PluginTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Isolated_ports_reach_the_gateway_and_not_each_other(bool isolated)
    {
        JsonObject configuration = Configurations.IPv4($$"""{"portIsolation":{{(isolated ? "true" : "false")}}}""");
        _host.Add(configuration, _node);
        _host.Add(configuration, _host.AddContainer("c2"));

        Assert.True(Traffic.From(_node).Pings(Configurations.Gateway));
        Assert.Equal(!isolated, _node.Try("ping", "-n", "-c", "1", "-W", "1", "10.87.1.3").ExitCode == 0);
    }

    [PluginFact]
    public void Macspoofchk_drops_frames_with_another_source()
    {
        JsonObject configuration = Configurations.IPv4("""{"macspoofchk":true}""");
        _host.Add(configuration, _node);
        string own = Kernel.Of(_node).Mac("eth0");
        Assert.True(Traffic.From(_node).Pings(Configurations.Gateway));

        _node.Run("ip", "link", "set", "eth0", "address", "02:bb:00:00:00:01");
        _node.Run("ip", "route", "replace", "default", "via", Configurations.Gateway);
        Assert.False(_node.Try("ping", "-n", "-c", "1", "-W", "1", Configurations.Gateway).ExitCode == 0);

        _node.Run("ip", "link", "set", "eth0", "address", own);
        _host.Sandbox.Run("ip", "neighbour", "flush", "all");
        Assert.True(Traffic.From(_node).Pings(Configurations.Gateway));

        _host.Del(configuration, _node);
        Assert.Empty(_host.RuleComments());
    }

    [PluginFact]
    public void Macspoofchk_of_one_container_leaves_the_other_s_rule()
    {
        JsonObject configuration = Configurations.IPv4("""{"macspoofchk":true}""");
        _host.Add(configuration, _node);
        _host.Add(configuration, _host.AddContainer("c2"));
        Assert.Equal(["flatnet fn c1 eth0", "flatnet fn c2 eth0"], _host.RuleComments());

        _host.Del(configuration, _node);

        Assert.Equal(["flatnet fn c2 eth0"], _host.RuleComments());
    }

    [PluginFact]
    public void Another_source_passes_without_macspoofchk()
    {
        _host.Add(Configurations.IPv4(), _node);
        _node.Run("ip", "link", "set", "eth0", "address", "02:bb:00:00:00:01");
        _host.Sandbox.Run("ip", "neighbour", "flush", "all");

        Assert.True(Traffic.From(_node).Pings(Configurations.Gateway));
    }

    private static string PortOf(JsonObject result)
    {
        return (string)result["interfaces"]![1]!["name"]!;
    }
}
