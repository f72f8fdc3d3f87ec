using System.Text.Json.Nodes;

namespace Flatnet.Plugin.Tests.Keys;

/// <summary>Names and MACs: where they come from, and that they stay.</summary>
public sealed class IdentityTests : IDisposable
{
    private const string Highest = "02:aa:00:00:00:01";
    private const string Middle = "02:aa:00:00:00:02";
    private const string Lowest = "02:aa:00:00:00:03";

    private readonly Host _host = new();
    private readonly Node _node;

    public IdentityTests()
    {
        _node = _host.AddContainer();
    }

    public void Dispose()
    {
        _host.Dispose();
    }

    [PluginTheory]
    [InlineData(true, true, true, Highest)]
    [InlineData(false, true, true, Middle)]
    [InlineData(false, false, true, Lowest)]
    [InlineData(true, false, true, Highest)]
    public void The_mac_is_runtimeConfig_s_before_args_before_CNI_ARGS(bool runtime, bool args, bool variable, string expected)
    {
        RawCall call = new("ADD", Configurations.IPv4(), _node, arguments: variable ? $"MAC={Lowest}" : "");
        if (runtime)
        {
            call.Set("runtimeConfig.mac", $"\"{Highest}\"");
        }

        if (args)
        {
            call.Set("args.cni.mac", $"\"{Middle}\"");
        }

        JsonNode result = JsonNode.Parse(call.Run(_host.Sandbox).ExpectSuccess().Output)!;

        Assert.Equal(expected, Kernel.Of(_node).Mac("eth0"));
        Assert.Equal(expected, (string?)result["interfaces"]![2]!["mac"]);
    }

    [PluginFact]
    public void Keys_match_whatever_their_case()
    {
        JsonObject configuration = Configurations.IPv4($$"""{"RuntimeConfig":{"MAC":"{{Highest}}"},"HAIRPINMODE":true}""");

        JsonObject result = _host.Add(configuration, _node);

        Assert.Equal(Highest, Kernel.Of(_node).Mac("eth0"));
        Assert.True(Kernel.Of(_host).PortFlag((string)result["interfaces"]![1]!["name"]!, "hairpin"));
    }

    [PluginFact]
    public void The_mac_follows_from_the_address_and_stays_with_it()
    {
        JsonObject fixedAddress = Configurations.IPv4("""{"runtimeConfig":{"ips":["10.87.1.77"]}}""");
        _host.Add(fixedAddress, _node);
        string first = Kernel.Of(_node).Mac("eth0");
        _host.Del(fixedAddress, _node);

        Node other = _host.AddContainer("c2");
        _host.Add(fixedAddress, other);

        Assert.Equal("0a:f4:0a:57:01:4d", first);
        Assert.Equal(first, Kernel.Of(other).Mac("eth0"));
    }

    [PluginFact]
    public void The_host_s_name_of_the_pair_follows_from_the_attachment()
    {
        string first = PortOf(_host.Add(Configurations.IPv4(), _node));
        string other = PortOf(_host.Add(Configurations.IPv4().WithIpam("routes", "[]"), _node, "eth1"));
        _host.Del(Configurations.IPv4(), _node);

        string again = PortOf(_host.Add(Configurations.IPv4(), _node));

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Matches("^veth[0-9a-f]{11}$", first);
    }

    [PluginFact]
    public void The_alias_of_the_host_s_end_tells_whose_it_is()
    {
        JsonObject result = _host.Add(Configurations.DualStack(), _node, arguments: "IgnoreUnknown=1;K8S_POD_NAME=web");

        Assert.Equal("flatnet fn c1 eth0 10.87.1.2,fd00:87::2 web", (string?)Kernel.Of(_host).Link(PortOf(result))["ifalias"]);
        Assert.Equal("flatnet fn", (string?)Kernel.Of(_host).Link(Configurations.Bridge)["ifalias"]);
    }

    [PluginFact]
    public void The_bridge_keeps_its_mac_when_ports_come_and_go()
    {
        _host.Add(Configurations.Layer2(), _node);
        string mac = Kernel.Of(_host).Mac(Configurations.Bridge);
        _host.Sandbox.Run("ip", "link", "add", "low0", "address", "00:00:00:00:00:01", "type", "veth", "peer", "name", "low1");
        _host.Sandbox.Run("ip", "link", "set", "low0", "master", Configurations.Bridge);

        Assert.Equal(mac, Kernel.Of(_host).Mac(Configurations.Bridge));
    }

    [PluginFact]
    public void A_second_interface_of_the_same_container_is_an_attachment_of_its_own()
    {
        JsonObject configuration = Configurations.IPv4("""{"ipMasq":true,"macspoofchk":true}""");
        JsonObject first = _host.Add(configuration, _node);
        _host.Add(configuration.WithIpam("routes", "[]"), _node, "eth1");

        _host.Del(configuration, _node, "eth1");

        _host.Check(configuration, first, _node).ExpectSuccess();
        Assert.Equal(["c1 eth0"], _host.Leases());
    }

    private static string PortOf(JsonObject result)
    {
        return (string)result["interfaces"]![1]!["name"]!;
    }
}
