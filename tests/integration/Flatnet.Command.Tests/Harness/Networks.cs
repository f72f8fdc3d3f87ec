using System.Text.Json.Nodes;

namespace Flatnet.Command.Tests.Harness;

/// <summary>Network definitions (conflists) that the tests use.</summary>
internal static class Networks
{
    /// <summary>A bridge of the reference plugins, with addresses from <c>host-local</c>.</summary>
    public static JsonObject Bridge(string name, string subnet)
    {
        JsonArray ranges = [new JsonArray(new JsonObject { ["subnet"] = subnet })];
        return new JsonObject
        {
            ["cniVersion"] = "0.4.0",
            ["name"] = name,
            ["plugins"] = new JsonArray(
                new JsonObject { ["type"] = "bridge", ["bridge"] = name, ["isGateway"] = true, ["ipam"] = new JsonObject { ["type"] = "host-local", ["ranges"] = ranges } },
                new JsonObject { ["type"] = "portmap", ["capabilities"] = new JsonObject { ["portMappings"] = true } }),
        };
    }
}
