using System.Text.Json.Nodes;

namespace Flatnet.Plugin.Tests.Keys;

/// <summary>The container's end: layer 2, <c>disableContainerInterface</c>, <c>enabledad</c>, IPv6, gratuitous ARP.</summary>
public sealed class ContainerInterfaceTests : IDisposable
{
    private readonly Host _host = new();
    private readonly Node _node;

    public ContainerInterfaceTests()
    {
        _node = _host.AddContainer();
    }

    public void Dispose()
    {
        _host.Dispose();
    }

    [PluginFact]
    public void Layer_2_is_up_and_has_no_address()
    {
        JsonObject configuration = Configurations.Layer2("""{"isGateway":true,"ipMasq":true}""");

        JsonObject result = _host.Add(configuration, _node);

        Assert.True(Kernel.Of(_node).HasFlag("eth0", "LOWER_UP"));
        Assert.Empty(Kernel.Of(_node).Addresses("eth0"));
        Assert.Empty(Kernel.Of(_host).Addresses(Configurations.Bridge));
        Assert.Equal("UP", (string?)Kernel.Of(_host).Link((string)result["interfaces"]![1]!["name"]!)["operstate"]);
        Assert.Empty(_host.RuleComments());
        Assert.Equal("0", _host.Sysctl("net.ipv4.ip_forward"));
        Assert.False(Directory.Exists(_host.Sandbox.Outside("/var/lib/cni/fn")), "layer 2 needs no lease");
        _host.Check(configuration, result, _node).ExpectSuccess();
        _host.Del(configuration, _node);
        Assert.Equal(["lo"], Kernel.Of(_host).Links());
    }

    [PluginFact]
    public void A_disabled_interface_stays_down()
    {
        JsonObject configuration = Configurations.Layer2("""{"disableContainerInterface":true}""");

        JsonObject result = _host.Add(configuration, _node);

        Assert.False(Kernel.Of(_node).IsUp("eth0"));
        Assert.Equal(Configurations.Bridge, (string?)Kernel.Of(_host).Link((string)result["interfaces"]![1]!["name"]!)["master"]);
        _host.Check(configuration, result, _node).ExpectSuccess();
    }

    [PluginFact]
    public void Loopback_is_left_to_the_runtime()
    {
        _node.Run("ip", "link", "set", "lo", "down");

        _host.Add(Configurations.IPv4(), _node);

        Assert.False(Kernel.Of(_node).IsUp("lo"));
    }

    [PluginFact]
    public void Gratuitous_arp_is_on()
    {
        _host.Add(Configurations.IPv4(), _node);

        Assert.Equal("1", Sysctl("net.ipv4.conf.eth0.arp_notify"));
    }

    [PluginTheory]
    [InlineData(false, "0")]
    [InlineData(true, "1")]
    public void Duplicate_detection_is_as_enabledad_says_and_over_on_return(bool enabled, string expected)
    {
        _host.Add(Configurations.DualStack($$"""{"enabledad":{{(enabled ? "true" : "false")}}}"""), _node);

        JsonArray addresses = Kernel.Of(_node).Link("eth0")["addr_info"]!.AsArray();
        Assert.DoesNotContain(addresses, address => address!["scope"]!.GetValue<string>() == "global" && address["tentative"] is not null);
        Assert.Equal(expected, Sysctl("net.ipv6.conf.eth0.accept_dad"));
        Assert.True(Pings6(Configurations.GatewayV6));
    }

    [PluginFact]
    public void Enabledad_refuses_an_address_that_somebody_else_answers_for()
    {
        Node rival = _host.AddContainer("rival");
        _host.Add(Configurations.Layer2(), rival);
        rival.Run("ip", "address", "add", "fd00:87::2/64", "dev", "eth0", "nodad");
        HostSnapshot before = HostSnapshot.OfSettled(_host);

        _host.Refused("ADD", Configurations.IPv6("""{"enabledad":true}"""), _node).Expect(106, "fd00:87::2", "in use by somebody else");

        Assert.DoesNotContain("eth0", Kernel.Of(_node).Links());
        Assert.Empty(_host.Leases());
        before.AssertKernelUnchanged(_host);
    }

    [PluginFact]
    public void IPv6_alone_works_at_once()
    {
        _host.Add(Configurations.IPv6(), _node);

        Assert.True(Pings6(Configurations.GatewayV6));
        Assert.Equal(["fd00:87::2/64"], Kernel.Of(_node).Addresses("eth0"));
        Assert.Equal(["fd00:87::1/64"], Kernel.Of(_host).Addresses(Configurations.Bridge));
        Assert.Equal(Configurations.GatewayV6, (string?)Kernel.Of(_node).Route("default", ipv6: true)["gateway"]);
        Assert.Equal("1", _host.Sysctl("net.ipv6.conf.all.forwarding"));
        Assert.Equal("0", _host.Sysctl("net.ipv4.ip_forward"));
    }

    [PluginFact]
    public void Dual_stack_has_both_at_once()
    {
        _host.Add(Configurations.DualStack(), _node);

        Assert.True(Pings6(Configurations.GatewayV6));
        Assert.True(Traffic.From(_node).Pings(Configurations.Gateway));
        Assert.Equal(["10.87.1.2/24", "fd00:87::2/64"], Kernel.Of(_node).Addresses("eth0"));
    }

    [PluginFact]
    public void IPv6_is_switched_on_where_the_runtime_switched_it_off()
    {
        _node.Run("sysctl", "-q", "-w", "net.ipv6.conf.all.disable_ipv6=1");
        _node.Run("sysctl", "-q", "-w", "net.ipv6.conf.default.disable_ipv6=1");

        _host.Add(Configurations.IPv6(), _node);

        Assert.True(Pings6(Configurations.GatewayV6));
        Assert.Equal("0", Sysctl("net.ipv6.conf.lo.disable_ipv6"));
        Assert.Equal("1", Sysctl("net.ipv6.conf.eth0.keep_addr_on_down"));
    }

    private bool Pings6(string address)
    {
        return _node.Try("ping", "-6", "-n", "-c", "1", "-W", "1", address).ExitCode == 0;
    }

    private string Sysctl(string key)
    {
        return _node.Run("sysctl", "-n", key).Text;
    }
}
