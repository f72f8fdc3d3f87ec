using System.Text.Json.Nodes;

namespace Flatnet.Plugin.Tests.Keys;

/// <summary><c>isGateway</c>, <c>isDefaultGateway</c>, <c>forceAddress</c>.</summary>
public sealed class GatewayTests : IDisposable
{
    private readonly Host _host = new();
    private readonly Node _node;

    public GatewayTests()
    {
        _node = _host.AddContainer();
    }

    public void Dispose()
    {
        _host.Dispose();
    }

    [PluginFact]
    public void Without_isGateway_the_bridge_has_no_address_and_the_host_does_not_forward()
    {
        JsonObject configuration = Configurations.IPv4("""{"isGateway":false}""").WithIpam("routes", "[]");

        _host.Add(configuration, _node);

        Assert.Empty(Kernel.Of(_host).Addresses(Configurations.Bridge));
        Assert.Equal("0", _host.Sysctl("net.ipv4.ip_forward"));
        Assert.Equal(["10.87.1.2/24"], Kernel.Of(_node).Addresses("eth0"));
    }

    [PluginFact]
    public void The_gateway_is_on_the_bridge_and_the_host_forwards_that_family()
    {
        _host.Add(Configurations.IPv4(), _node);

        Assert.Equal(["10.87.1.1/24"], Kernel.Of(_host).Addresses(Configurations.Bridge));
        Assert.Equal("1", _host.Sysctl("net.ipv4.ip_forward"));
        Assert.Equal("0", _host.Sysctl("net.ipv6.conf.all.forwarding"));
        Assert.True(Traffic.From(_node).Pings(Configurations.Gateway));
    }

    [PluginFact]
    public void A_gateway_of_the_range_s_own_is_used()
    {
        JsonObject configuration = Configurations.IPv4().WithIpam("ranges", """[[{"subnet":"10.87.1.0/24","gateway":"10.87.1.254"}]]""");

        _host.Add(configuration, _node);

        Assert.Equal(["10.87.1.254/24"], Kernel.Of(_host).Addresses(Configurations.Bridge));
        Assert.Equal("10.87.1.254", (string?)Kernel.Of(_node).Route("default")["gateway"]);
    }

    [PluginFact]
    public void IsDefaultGateway_implies_isGateway_and_gives_each_family_its_default_route()
    {
        JsonObject configuration = Configurations.DualStack("""{"isGateway":false,"isDefaultGateway":true}""").WithIpam("routes", "[]");

        JsonObject result = _host.Add(configuration, _node);

        Assert.Equal(["10.87.1.1/24", "fd00:87::1/64"], Kernel.Of(_host).Addresses(Configurations.Bridge));
        Assert.Equal(Configurations.Gateway, (string?)Kernel.Of(_node).Route("default")["gateway"]);
        Assert.Equal(Configurations.GatewayV6, (string?)Kernel.Of(_node).Route("default", ipv6: true)["gateway"]);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""[{"dst":"0.0.0.0/0","gw":"10.87.1.1"},{"dst":"::/0","gw":"fd00:87::1"}]"""), result["routes"]), result.ToJsonString());
    }

    [PluginTheory]
    [InlineData("""[{"dst":"0.0.0.0/0"}]""")]
    [InlineData("""[{"dst":"0.0.0.0/0","gw":"10.87.1.1"}]""")]
    [InlineData("""[{"dst":"0.0.0.0/0","gw":"10.87.1.77"}]""")]
    public void A_default_route_of_the_ipam_part_is_not_doubled(string routes)
    {
        JsonObject result = _host.Add(Configurations.IPv4("""{"isDefaultGateway":true}""").WithIpam("routes", routes), _node);

        Assert.Single(Kernel.Of(_node).Routes(), route => (string?)route["dst"] == "default");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(routes), result["routes"]), result.ToJsonString());
    }

    [PluginFact]
    public void ForceAddress_replaces_another_address()
    {
        _host.Sandbox.Run("ip", "link", "add", Configurations.Bridge, "type", "bridge");
        _host.Sandbox.Run("ip", "address", "add", "192.0.2.9/24", "dev", Configurations.Bridge);

        _host.Add(Configurations.IPv4("""{"forceAddress":true}"""), _node);

        Assert.Equal(["10.87.1.1/24"], Kernel.Of(_host).Addresses(Configurations.Bridge));
    }

    [PluginFact]
    public void ForceAddress_replaces_another_prefix_length()
    {
        _host.Sandbox.Run("ip", "link", "add", Configurations.Bridge, "type", "bridge");
        _host.Sandbox.Run("ip", "address", "add", "10.87.1.1/16", "dev", Configurations.Bridge);

        _host.Add(Configurations.IPv4("""{"forceAddress":true}"""), _node);

        Assert.Equal(["10.87.1.1/24"], Kernel.Of(_host).Addresses(Configurations.Bridge));
    }

    [PluginFact]
    public void An_IPv6_address_of_another_subnet_may_stay()
    {
        _host.Sandbox.Run("ip", "link", "add", Configurations.Bridge, "type", "bridge");
        _host.Sandbox.Run("ip", "address", "add", "2001:db8::9/64", "dev", Configurations.Bridge, "nodad");

        _host.Add(Configurations.IPv6(), _node);

        Assert.Equal(["2001:db8::9/64", "fd00:87::1/64"], Kernel.Of(_host).Addresses(Configurations.Bridge).Order(StringComparer.Ordinal));
    }

    [PluginFact]
    public void An_address_that_is_there_already_is_fine()
    {
        _host.Sandbox.Run("ip", "link", "add", Configurations.Bridge, "type", "bridge");
        _host.Sandbox.Run("ip", "address", "add", "10.87.1.1/24", "dev", Configurations.Bridge);

        _host.Add(Configurations.IPv4(), _node);

        Assert.Equal(["10.87.1.1/24"], Kernel.Of(_host).Addresses(Configurations.Bridge));
    }
}
