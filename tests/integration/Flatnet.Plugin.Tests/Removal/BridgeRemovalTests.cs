using System.Text.Json.Nodes;

namespace Flatnet.Plugin.Tests.Removal;

/// <summary>The bridge goes with its last container, if this plugin made it and nobody else uses it.</summary>
public sealed class BridgeRemovalTests : IDisposable
{
    private static readonly JsonObject Configuration = Configurations.IPv4("""{"ipMasq":true}""");

    private readonly Host _host = new();

    public void Dispose()
    {
        _host.Dispose();
    }

    [PluginFact]
    public void Our_own_goes_with_the_last_container_and_its_rule_too()
    {
        Node first = _host.AddContainer("c1");
        Node second = _host.AddContainer("c2");
        _host.Add(Configuration, first);
        _host.Add(Configuration, second);

        _host.Del(Configuration, first);
        Assert.Contains(Configurations.Bridge, Kernel.Of(_host).Links());
        Assert.Equal(["flatnet fn egress 10.87.1.0/24"], _host.RuleComments());

        _host.Del(Configuration, second);
        Assert.Equal(["lo"], Kernel.Of(_host).Links());
        Assert.Empty(_host.RuleComments());
    }

    [PluginFact]
    public void The_administrator_s_stays()
    {
        _host.Sandbox.Run("ip", "link", "add", Configurations.Bridge, "type", "bridge");
        Node node = _host.AddContainer();
        _host.Add(Configuration, node);

        _host.Del(Configuration, node);

        Assert.Equal(["lo", Configurations.Bridge], Kernel.Of(_host).Links());
    }

    [PluginFact]
    public void Our_own_stays_while_somebody_else_has_a_port_in_it()
    {
        Node node = _host.AddContainer();
        _host.Add(Configuration, node);
        _host.Sandbox.Run("ip", "link", "add", "vm0", "type", "veth", "peer", "name", "vm1");
        _host.Sandbox.Run("ip", "link", "set", "vm0", "master", Configurations.Bridge);

        _host.Del(Configuration, node);

        Assert.Contains(Configurations.Bridge, Kernel.Of(_host).Links());
        Assert.Equal(["10.87.1.1/24"], Kernel.Of(_host).Addresses(Configurations.Bridge));
    }

    [PluginFact]
    public void One_network_s_bridge_goes_and_the_other_s_rule_stays()
    {
        JsonObject other = Configurations.IPv4("""{"name":"fn-other","bridge":"other0","ipMasq":true}""").WithIpam("ranges", """[[{"subnet":"10.88.1.0/24"}]]""");
        Node node = _host.AddContainer();
        _host.Add(Configuration, node);
        _host.Add(other.WithIpam("routes", "[]"), node, "eth1");

        _host.Del(Configuration, node);

        Assert.Contains("other0", Kernel.Of(_host).Links());
        Assert.Equal(["flatnet fn-other egress 10.88.1.0/24"], _host.RuleComments());
    }
}
