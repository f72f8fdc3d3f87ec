using System.Text.Json.Nodes;

namespace Flatnet.Plugin.Tests.Keys;

/// <summary><c>mtu</c>: as configured, else that of the interface the default route leaves by.</summary>
public sealed class MtuTests : IDisposable
{
    private readonly Host _host = new();
    private readonly Node _node;

    public MtuTests()
    {
        _node = _host.AddContainer();
    }

    public void Dispose()
    {
        _host.Dispose();
    }

    [PluginFact]
    public void The_configured_one_is_that_of_bridge_and_both_ends()
    {
        AddUplink("inet", 1400);

        AssertMtu(9000, _host.Add(Configurations.IPv4("""{"mtu":9000}"""), _node));
    }

    [PluginFact]
    public void One_too_small_for_IPv6_works_without_it()
    {
        AssertMtu(1000, _host.Add(Configurations.IPv4("""{"mtu":1000}"""), _node));
    }

    [PluginFact]
    public void The_host_s_end_makes_itself_no_IPv6_address()
    {
        JsonObject result = _host.Add(Configurations.IPv4(), _node);

        string veth = (string)result["interfaces"]![1]!["name"]!;
        Assert.Equal("none", (string?)_host.Sandbox.Json("ip", "-d", "-j", "link", "show", "dev", veth)[0]!["inet6_addr_gen_mode"]);
    }

    [PluginTheory]
    [InlineData("inet")]
    [InlineData("inet6")]
    public void The_default_is_the_uplink_s(string family)
    {
        AddUplink(family, 1400);

        AssertMtu(1400, _host.Add(Configurations.IPv4(), _node));
    }

    [PluginFact]
    public void Without_an_uplink_it_is_the_kernel_s()
    {
        AssertMtu(1500, _host.Add(Configurations.IPv4(), _node));
    }

    [PluginFact]
    public void A_number_that_went_through_a_float_is_the_number()
    {
        RawCall call = new("ADD", Configurations.IPv4(), _node) { Input = Configurations.IPv4().ToJsonString().Replace("\"isGateway\"", "\"mtu\":1.4e3,\"isGateway\"", StringComparison.Ordinal) };

        AssertMtu(1400, JsonNode.Parse(call.Run(_host.Sandbox).ExpectSuccess().Output)!.AsObject());
    }

    private void AddUplink(string family, int mtu)
    {
        Node outside = _host.Sandbox.AddNode("outside");
        string text = mtu.ToString(System.Globalization.CultureInfo.InvariantCulture);
        _host.Sandbox.Run("ip", "link", "add", "uplink0", "mtu", text, "type", "veth", "peer", "name", "eth0", "netns", outside.Name);
        _host.Sandbox.Run("ip", "link", "set", "uplink0", "up");
        string[] address = family == "inet" ? ["192.0.2.1/24", "192.0.2.2"] : ["2001:db8::1/64", "2001:db8::2"];
        _host.Sandbox.Run("ip", "address", "add", address[0], "dev", "uplink0");
        _host.Sandbox.Run("ip", "-f", family, "route", "add", "default", "via", address[1]);
    }

    private void AssertMtu(int expected, JsonObject result)
    {
        Assert.Equal([expected, expected, expected], result["interfaces"]!.AsArray().Select(link => (int)link!["mtu"]!));
        Assert.Equal(expected, Kernel.Of(_host).Mtu(Configurations.Bridge));
        Assert.Equal(expected, Kernel.Of(_host).Mtu((string)result["interfaces"]![1]!["name"]!));
        Assert.Equal(expected, Kernel.Of(_node).Mtu("eth0"));
    }
}
