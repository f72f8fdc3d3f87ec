using System.Text.Json.Nodes;

namespace Flatnet.Plugin.Tests.Keys;

/// <summary>Requested addresses, ranges of the runtime, routes and DNS.</summary>
public sealed class AddressTests : IDisposable
{
    private readonly Host _host = new();
    private readonly Node _node;

    public AddressTests()
    {
        _node = _host.AddContainer();
    }

    public void Dispose()
    {
        _host.Dispose();
    }

    [PluginTheory]
    [InlineData("{}", "IP=10.87.1.50")]
    [InlineData("{}", "IP=10.87.1.50/24")]
    [InlineData("""{"args":{"cni":{"ips":["10.87.1.50"]}}}""", "")]
    [InlineData("""{"runtimeConfig":{"ips":["10.87.1.50/16"]}}""", "")]
    [InlineData("""{"runtimeConfig":{"ips":["10.87.1.50","10.87.1.50"]}}""", "")]
    [InlineData("""{"runtimeConfig":{"ips":["10.87.1.50"]},"args":{"cni":{"ips":["10.87.1.50"]}}}""", "IP=10.87.1.50;IgnoreUnknown=1;K8S_POD_NAME=web")]
    public void A_requested_address_is_given_with_the_range_s_prefix(string more, string arguments)
    {
        JsonObject result = _host.Add(Configurations.IPv4(more), _node, arguments: arguments);

        Assert.Equal("10.87.1.50/24", (string?)result["ips"]![0]!["address"]);
        Assert.Equal(["10.87.1.50/24"], Kernel.Of(_node).Addresses("eth0"));
    }

    [PluginFact]
    public void Requests_of_all_three_sources_add_up()
    {
        JsonObject configuration = Configurations.DualStack("""{"runtimeConfig":{"ips":["fd00:87::50"]}}""");

        _host.Add(configuration, _node, arguments: "IP=10.87.1.50");

        Assert.Equal(["10.87.1.50/24", "fd00:87::50/64"], Kernel.Of(_node).Addresses("eth0"));
    }

    [PluginFact]
    public void Ranges_of_the_runtime_come_first()
    {
        JsonObject configuration = Configurations.IPv4("""{"runtimeConfig":{"ipRanges":[[{"subnet":"fd00:99::/64"}]]}}""");

        JsonObject result = _host.Add(configuration, _node);

        Assert.Equal(["fd00:99::2/64", "10.87.1.2/24"], result["ips"]!.AsArray().Select(address => (string)address!["address"]!));
    }

    [PluginFact]
    public void Routes_carry_all_that_is_asked()
    {
        JsonObject configuration = Configurations.DualStack().WithIpam(
            "routes",
            """
            [{"dst":"192.0.2.0/24","priority":50,"mtu":1400,"advmss":1300},
             {"dst":"198.51.100.0/24","gw":"10.87.1.99","table":100},
             {"dst":"203.0.113.0/24","gw":"10.87.1.1","scope":0},
             {"dst":"2001:db8::/32","gw":"fd00:87::99","priority":70,"mtu":1450}]
            """);

        _host.Add(configuration, _node);

        JsonObject first = Kernel.Of(_node).Route("192.0.2.0/24");
        Assert.Equal(Configurations.Gateway, (string?)first["gateway"]);
        Assert.Equal(50, (int?)first["metric"]);
        Assert.Equal("""[{"mtu":1400,"advmss":1300}]""", first["metrics"]?.ToJsonString());
        Assert.Equal("10.87.1.99", (string?)Kernel.Of(_node).Route("198.51.100.0/24", table: "100")["gateway"]);
        Assert.Equal("global", (string?)Kernel.Of(_node).Route("203.0.113.0/24")["scope"]);
        JsonObject last = Kernel.Of(_node).Route("2001:db8::/32", ipv6: true);
        Assert.Equal("fd00:87::99", (string?)last["gateway"]);
        Assert.Equal(70, (int?)last["metric"]);
        Assert.Equal("""[{"mtu":1450}]""", last["metrics"]?.ToJsonString());
    }

    [PluginFact("static")]
    public void Where_there_is_no_gateway_a_route_leads_straight_out()
    {
        JsonObject configuration = Configurations.Delegated(
            """{"type":"static","addresses":[{"address":"10.87.1.20/24"}],"routes":[{"dst":"192.0.2.0/24"}]}""", """{"isGateway":false}""", "1.0.0");

        _host.Add(configuration, _node);

        JsonObject route = Kernel.Of(_node).Route("192.0.2.0/24");
        Assert.Equal("link", (string?)route["scope"]);
        Assert.Null(route["gateway"]);
    }

    [PluginFact]
    public void ResolvConf_becomes_the_dns_of_the_result()
    {
        _host.Sandbox.Write("/etc/flat.conf", "# us\nnameserver 192.0.2.53\nnameserver 2001:db8::53 extra\ndomain example.com\nsearch a.example b.example\noptions ndots:2 rotate\n");

        JsonObject result = _host.Add(Configurations.IPv4().WithIpam("resolvConf", "\"/etc/flat.conf\""), _node);

        Assert.Equal(
            """{"nameservers":["192.0.2.53","2001:db8::53"],"domain":"example.com","search":["a.example","b.example"],"options":["ndots:2","rotate"]}""",
            result["dns"]!.ToJsonString());
    }

    [PluginFact]
    public void The_dns_key_replaces_resolvConf_whole()
    {
        _host.Sandbox.Write("/etc/flat.conf", "nameserver 192.0.2.53\nsearch a.example\n");

        JsonObject result = _host.Add(Configurations.IPv4("""{"dns":{"nameservers":["192.0.2.99"]}}""").WithIpam("resolvConf", "\"/etc/flat.conf\""), _node);

        Assert.Equal("""{"nameservers":["192.0.2.99"]}""", result["dns"]!.ToJsonString());
    }

    [PluginTheory]
    [InlineData("""{"nameservers":[]}""", null)]
    [InlineData("""{}""", """{"nameservers":["192.0.2.53"]}""")]
    [InlineData("""{"domain":""}""", """{"nameservers":["192.0.2.53"]}""")]
    public void An_empty_list_counts_and_an_empty_object_does_not(string dns, string? expected)
    {
        _host.Sandbox.Write("/etc/flat.conf", "nameserver 192.0.2.53\n");

        JsonObject result = _host.Add(Configurations.IPv4($$"""{"dns":{{dns}} }""").WithIpam("resolvConf", "\"/etc/flat.conf\""), _node);

        Assert.Equal(expected, result["dns"]?.ToJsonString());
    }

    [PluginFact]
    public void The_capability_speaks_for_the_container_and_wins()
    {
        JsonObject configuration = Configurations.IPv4(
            """{"dns":{"nameservers":["192.0.2.99"]},"runtimeConfig":{"dns":{"servers":["192.0.2.1"],"searches":["pod.example"],"options":["ndots:5"]}}}""");

        JsonObject result = _host.Add(configuration, _node);

        Assert.Equal("""{"nameservers":["192.0.2.1"],"search":["pod.example"],"options":["ndots:5"]}""", result["dns"]!.ToJsonString());
    }
}
