using System.Text.Json.Nodes;

namespace Flatnet.OtherKernels.Tests.Scenario;

internal static class NetworkConfig
{
    /// <summary>A network on the bridge `fn0` with the host as its gateway; <paramref name="more"/> adds or replaces keys.</summary>
    public static JsonObject Create(TestHost host, string name, string subnet, JsonObject? more = null)
    {
        JsonObject config = new()
        {
            ["cniVersion"] = "1.0.0",
            ["name"] = name,
            ["type"] = "flatnet",
            ["bridge"] = "fn0",
            ["isGateway"] = true,
            ["logFile"] = host.LogFile,
            ["ipam"] = new JsonObject
            {
                ["type"] = "flatnet-ipam",
                ["dataDir"] = host.DataDirectory,
                ["ranges"] = new JsonArray(new JsonArray(new JsonObject { ["subnet"] = subnet })),
                ["routes"] = new JsonArray(new JsonObject { ["dst"] = "0.0.0.0/0" }),
            },
        };
        foreach ((string key, JsonNode? value) in more ?? [])
        {
            config[key] = value?.DeepClone();
        }
        return config;
    }

    public static JsonObject Vlan(TestHost host, int vlan, JsonObject? more = null)
    {
        JsonObject config = Create(host, $"vlan{vlan}", $"10.87.{vlan}.0/24", more);
        config["vlan"] = vlan;
        return config;
    }
}
