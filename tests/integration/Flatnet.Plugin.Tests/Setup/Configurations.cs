using System.Text.Json.Nodes;

namespace Flatnet.Plugin.Tests.Setup;

/// <summary>Network configurations as a runtime passes them to the plugin.</summary>
internal static class Configurations
{
    public const string Network = "fn";
    public const string Bridge = "fn0";
    public const string Subnet = "10.87.1.0/24";
    public const string Gateway = "10.87.1.1";
    public const string SubnetV6 = "fd00:87::/64";
    public const string GatewayV6 = "fd00:87::1";

    private const string RangeV4 = $$"""[{"subnet":"{{Subnet}}"}]""";
    private const string RangeV6 = $$"""[{"subnet":"{{SubnetV6}}"}]""";

    /// <summary>A gateway with addresses of <see cref="Subnet"/> and a default route; <paramref name="more"/> is merged over it.</summary>
    public static JsonObject IPv4(string more = "{}", string version = "1.1.0")
    {
        return Build(RangeV4, """{"dst":"0.0.0.0/0"}""", more, version);
    }

    public static JsonObject IPv6(string more = "{}", string version = "1.1.0")
    {
        return Build(RangeV6, """{"dst":"::/0"}""", more, version);
    }

    public static JsonObject DualStack(string more = "{}", string version = "1.1.0")
    {
        return Build($"{RangeV4},{RangeV6}", """{"dst":"0.0.0.0/0"},{"dst":"::/0"}""", more, version);
    }

    /// <summary>A bridge and a pair, no addresses.</summary>
    public static JsonObject Layer2(string more = "{}", string version = "1.1.0")
    {
        return Merge($$"""{"cniVersion":"{{version}}","name":"{{Network}}","type":"flatnet","bridge":"{{Bridge}}"}""", more);
    }

    /// <summary>Addresses from another IPAM plugin.</summary>
    public static JsonObject Delegated(string ipam, string more = "{}", string version = "1.1.0")
    {
        return Merge($$"""{"cniVersion":"{{version}}","name":"{{Network}}","type":"flatnet","bridge":"{{Bridge}}","isGateway":true,"ipam":{{ipam}} }""", more);
    }

    /// <summary>The configuration with one more key; the value is JSON.</summary>
    public static JsonObject With(this JsonObject configuration, string key, string json)
    {
        JsonObject copy = (JsonObject)configuration.DeepClone();
        copy[key] = JsonNode.Parse(json);
        return copy;
    }

    /// <summary>The same with a key of its <c>ipam</c> part.</summary>
    public static JsonObject WithIpam(this JsonObject configuration, string key, string json)
    {
        JsonObject copy = (JsonObject)configuration.DeepClone();
        copy["ipam"]![key] = JsonNode.Parse(json);
        return copy;
    }

    private static JsonObject Build(string ranges, string routes, string more, string version)
    {
        return Merge(
            $$"""
            {"cniVersion":"{{version}}","name":"{{Network}}","type":"flatnet","bridge":"{{Bridge}}","isGateway":true,
             "ipam":{"type":"flatnet-ipam","ranges":[{{ranges}}],"routes":[{{routes}}]} }
            """,
            more);
    }

    private static JsonObject Merge(string json, string more)
    {
        JsonObject all = JsonNode.Parse(json)!.AsObject();
        foreach ((string key, JsonNode? value) in JsonNode.Parse(more)!.AsObject())
        {
            all[key] = value?.DeepClone();
        }

        return all;
    }
}
