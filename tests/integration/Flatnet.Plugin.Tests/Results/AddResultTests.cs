using System.Text.Json.Nodes;

namespace Flatnet.Plugin.Tests.Results;

/// <summary>What ADD prints in each of the seven versions, compared with what the kernel has.</summary>
public sealed class AddResultTests : IDisposable
{
    private readonly Host _host = new();

    public static TheoryData<string> LegacyVersions { get; } = ["0.1.0", "0.2.0"];

    public static TheoryData<string> MiddleVersions { get; } = ["0.3.0", "0.3.1", "0.4.0"];

    public void Dispose()
    {
        _host.Dispose();
    }

    [PluginTheory]
    [MemberData(nameof(LegacyVersions))]
    public void Legacy_versions_have_one_object_per_family(string version)
    {
        Node node = _host.AddContainer();

        JsonObject ipv4 = _host.Add(Configurations.IPv4(version: version), node);
        JsonObject dual = _host.Add(WithExtendedRoutes(Configurations.DualStack(version: version)), node, "eth1");

        AssertJson(
            $$$"""
            {"cniVersion":"{{{version}}}","ip4":{"ip":"10.87.1.2/24","gateway":"10.87.1.1","routes":[{"dst":"0.0.0.0/0"}]},"dns":{}}
            """,
            ipv4);
        AssertJson(
            $$$"""
            {"cniVersion":"{{{version}}}",
             "ip4":{"ip":"10.87.1.3/24","gateway":"10.87.1.1","routes":[{"dst":"192.0.2.0/24","gw":"10.87.1.1"}]},
             "ip6":{"ip":"fd00:87::2/64","gateway":"fd00:87::1","routes":[{"dst":"2001:db8::/32"}]},"dns":{}}
            """,
            dual);
    }

    [PluginTheory]
    [MemberData(nameof(MiddleVersions))]
    public void Middle_versions_say_which_family_an_address_is_of(string version)
    {
        Node node = _host.AddContainer();

        JsonObject ipv4 = _host.Add(Configurations.IPv4(version: version), node);
        JsonObject dual = _host.Add(WithExtendedRoutes(Configurations.DualStack(version: version)), node, "eth1");

        AssertJson(
            $$$"""
            {"cniVersion":"{{{version}}}","interfaces":{{{Interfaces(node, ipv4, "eth0")}}},
             "ips":[{"version":"4","interface":2,"address":"10.87.1.2/24","gateway":"10.87.1.1"}],"routes":[{"dst":"0.0.0.0/0"}],"dns":{}}
            """,
            ipv4);
        AssertJson(
            $$$"""
            {"cniVersion":"{{{version}}}","interfaces":{{{Interfaces(node, dual, "eth1")}}},
             "ips":[{"version":"4","interface":2,"address":"10.87.1.3/24","gateway":"10.87.1.1"},
                    {"version":"6","interface":2,"address":"fd00:87::2/64","gateway":"fd00:87::1"}],
             "routes":[{"dst":"192.0.2.0/24","gw":"10.87.1.1"},{"dst":"2001:db8::/32"}],"dns":{}}
            """,
            dual);
    }

    [PluginFact]
    public void Version_1_0_0_leaves_out_what_1_1_0_brought()
    {
        Node node = _host.AddContainer();

        JsonObject ipv4 = _host.Add(Configurations.IPv4(version: "1.0.0"), node);
        JsonObject dual = _host.Add(WithExtendedRoutes(Configurations.DualStack(version: "1.0.0")), node, "eth1");

        AssertJson(
            $$$"""
            {"cniVersion":"1.0.0","interfaces":{{{Interfaces(node, ipv4, "eth0")}}},
             "ips":[{"interface":2,"address":"10.87.1.2/24","gateway":"10.87.1.1"}],"routes":[{"dst":"0.0.0.0/0"}]}
            """,
            ipv4);
        AssertJson(
            $$$"""
            {"cniVersion":"1.0.0","interfaces":{{{Interfaces(node, dual, "eth1")}}},
             "ips":[{"interface":2,"address":"10.87.1.3/24","gateway":"10.87.1.1"},{"interface":2,"address":"fd00:87::2/64","gateway":"fd00:87::1"}],
             "routes":[{"dst":"192.0.2.0/24","gw":"10.87.1.1"},{"dst":"2001:db8::/32"}]}
            """,
            dual);
    }

    [PluginFact]
    public void Version_1_1_0_tells_mtu_and_the_routes_whole()
    {
        Node node = _host.AddContainer();

        JsonObject ipv4 = _host.Add(Configurations.IPv4(), node);
        JsonObject dual = _host.Add(WithExtendedRoutes(Configurations.DualStack()), node, "eth1");

        AssertJson(
            $$$"""
            {"cniVersion":"1.1.0","interfaces":{{{Interfaces(node, ipv4, "eth0", withMtu: true)}}},
             "ips":[{"interface":2,"address":"10.87.1.2/24","gateway":"10.87.1.1"}],"routes":[{"dst":"0.0.0.0/0"}]}
            """,
            ipv4);
        AssertJson(
            $$$"""
            {"cniVersion":"1.1.0","interfaces":{{{Interfaces(node, dual, "eth1", withMtu: true)}}},
             "ips":[{"interface":2,"address":"10.87.1.3/24","gateway":"10.87.1.1"},{"interface":2,"address":"fd00:87::2/64","gateway":"fd00:87::1"}],
             "routes":[{"dst":"192.0.2.0/24","gw":"10.87.1.1","mtu":1400,"advmss":1300,"priority":50,"table":100,"scope":0},{"dst":"2001:db8::/32"}]}
            """,
            dual);
    }

    [PluginFact]
    public void No_version_means_0_1_0()
    {
        JsonObject configuration = Configurations.IPv4();
        configuration.Remove("cniVersion");

        JsonObject result = _host.Add(configuration, _host.AddContainer());

        AssertJson("""{"cniVersion":"0.1.0","ip4":{"ip":"10.87.1.2/24","gateway":"10.87.1.1","routes":[{"dst":"0.0.0.0/0"}]},"dns":{}}""", result);
    }

    [PluginTheory]
    [InlineData("0.3.0")]
    [InlineData("1.1.0")]
    public void Layer_2_has_interfaces_and_no_addresses(string version)
    {
        Node node = _host.AddContainer();

        JsonObject result = _host.Add(Configurations.Layer2(version: version), node);

        string dns = version == "0.3.0" ? ",\"dns\":{}" : "";
        AssertJson($$$"""{"cniVersion":"{{{version}}}","interfaces":{{{Interfaces(node, result, "eth0", withMtu: version == "1.1.0")}}}{{{dns}}}}""", result);
    }

    // The kernel must have what the result says; the host's name of the pair is the one the container's end leads to.
    private string Interfaces(Node node, JsonObject result, string name, bool withMtu = false)
    {
        string port = (string)result["interfaces"]![1]!["name"]!;
        Assert.Equal((int)Kernel.Of(node).Link(name)["link_index"]!, (int)Kernel.Of(_host).Link(port)["ifindex"]!);
        JsonArray expected = new(
            Entry(Kernel.Of(_host), Configurations.Bridge), Entry(Kernel.Of(_host), port), Entry(Kernel.Of(node), name));
        expected[2]!["sandbox"] = node.Path;
        return expected.ToJsonString();

        JsonObject Entry(Kernel kernel, string link)
        {
            JsonObject entry = new() { ["name"] = link, ["mac"] = kernel.Mac(link) };
            if (withMtu)
            {
                entry["mtu"] = kernel.Mtu(link);
            }

            return entry;
        }
    }

    private static JsonObject WithExtendedRoutes(JsonObject configuration)
    {
        return configuration.WithIpam(
            "routes",
            """[{"dst":"192.0.2.0/24","gw":"10.87.1.1","mtu":1400,"advmss":1300,"priority":50,"table":100,"scope":0},{"dst":"2001:db8::/32"}]""");
    }

    private static void AssertJson(string expected, JsonObject actual)
    {
        JsonNode wanted = JsonNode.Parse(expected)!;
        Assert.True(JsonNode.DeepEquals(wanted, actual), $"expected {wanted.ToJsonString()}\n     got {actual.ToJsonString()}");
    }
}
