using System.Text.Json.Nodes;

namespace Flatnet.EndToEnd.Tests.Harness;

/// <summary>Network definitions (conflists) that the tests use.</summary>
internal static class Networks
{
    public const string Flat = "flatnet";
    public const string FlatBridge = "flatnet-br0";
    public const string FlatGateway = "10.87.1.1";

    /// <summary>The flat network as users install it: one plugin, its own address management.</summary>
    public static JsonObject Flatnet(string name = Flat, string bridge = FlatBridge, string subnet = "10.87.1.0/24", string? secondSubnet = null)
    {
        return List(name, FlatnetPlugin(bridge, FlatnetIpam(subnet, secondSubnet)));
    }

    /// <summary>What `podman network create` of Podman 4.3 writes: bridge, portmap, firewall, tuning, with host-local addresses.</summary>
    public static JsonObject PodmanDefault(string type, string name = "podnet")
    {
        return new JsonObject
        {
            ["cniVersion"] = "0.4.0",
            ["name"] = name,
            ["plugins"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = type,
                    ["bridge"] = "cni-podman5",
                    ["isGateway"] = true,
                    ["ipMasq"] = true,
                    ["hairpinMode"] = true,
                    ["ipam"] = HostLocal("10.89.5.0/24"),
                    ["capabilities"] = new JsonObject { ["ips"] = true },
                },
                PortMap(),
                new JsonObject { ["type"] = "firewall", ["backend"] = "" },
                new JsonObject { ["type"] = "tuning" }),
        };
    }

    public static JsonObject List(string name, params JsonObject[] plugins)
    {
        return new JsonObject
        {
            ["cniVersion"] = "1.0.0",
            ["name"] = name,
            ["plugins"] = new JsonArray([.. plugins]),
        };
    }

    public static JsonObject FlatnetPlugin(string bridge, JsonObject ipam)
    {
        return new JsonObject
        {
            ["type"] = "flatnet",
            ["bridge"] = bridge,
            ["isGateway"] = true,
            ["ipMasq"] = true,
            ["hairpinMode"] = true,
            ["capabilities"] = new JsonObject { ["ips"] = true, ["mac"] = true },
            ["ipam"] = ipam,
        };
    }

    public static JsonObject BridgePlugin(string bridge, JsonObject ipam)
    {
        JsonObject plugin = FlatnetPlugin(bridge, ipam);
        plugin["type"] = "bridge";
        return plugin;
    }

    public static JsonObject PortMap()
    {
        return new JsonObject { ["type"] = "portmap", ["capabilities"] = new JsonObject { ["portMappings"] = true } };
    }

    public static JsonObject FlatnetIpam(string subnet = "10.87.1.0/24", string? secondSubnet = null)
    {
        return Ipam("flatnet-ipam", subnet, secondSubnet);
    }

    public static JsonObject HostLocal(string subnet)
    {
        return Ipam("host-local", subnet, null);
    }

    private static JsonObject Ipam(string type, string subnet, string? secondSubnet)
    {
        JsonArray ranges = new(Range(subnet));
        JsonArray routes = new(new JsonObject { ["dst"] = "0.0.0.0/0" });
        if (secondSubnet is not null)
        {
            ranges.Add((JsonNode)Range(secondSubnet));
            routes.Add((JsonNode)new JsonObject { ["dst"] = "::/0" });
        }

        return new JsonObject { ["type"] = type, ["ranges"] = ranges, ["routes"] = routes };
    }

    private static JsonArray Range(string subnet)
    {
        return new JsonArray(new JsonObject { ["subnet"] = subnet });
    }
}
