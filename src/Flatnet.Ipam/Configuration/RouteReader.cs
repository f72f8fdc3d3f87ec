using System.Net;

namespace Flatnet.Ipam;

/// <summary>Reads routes: <c>dst</c>, <c>gw</c>, and since CNI 1.1.0 <c>mtu</c>, <c>advmss</c>, <c>priority</c>, <c>table</c>,
/// <c>scope</c>.</summary>
public static class RouteReader
{
    /// <summary>Reads an array of routes.</summary>
    /// <param name="array">The JSON array.</param>
    /// <param name="path">Where it stands in the configuration.</param>
    /// <exception cref="ConfigException">It is not an array of routes.</exception>
    public static IReadOnlyList<Route> Read(JsonValue array, string path)
    {
        var routes = new List<Route>();
        foreach (JsonValue element in ConfigObject.ArrayOf(array, path))
        {
            var route = new ConfigObject(element, ConfigObject.Item(path, routes.Count));
            if (!IpPrefix.TryParse(route.String("dst"), out IpPrefix destination))
            {
                throw route.Invalid("dst", "a destination such as \"0.0.0.0/0\"");
            }

            routes.Add(new Route
            {
                Destination = destination,
                Gateway = Gateway(route, destination),
                Mtu = NotNegative(route, "mtu"),
                AdvMss = NotNegative(route, "advmss"),
                Priority = NotNegative(route, "priority"),
                Table = NotNegative(route, "table"),
                Scope = Scope(route),
            });
        }

        return routes;
    }

    private static IPAddress? Gateway(ConfigObject route, IpPrefix destination)
    {
        if (route.String("gw") is not { Length: > 0 } text)
        {
            return null;
        }

        if (!IpAddressText.TryParse(text, out IPAddress gateway) || gateway.AddressFamily != destination.Address.AddressFamily)
        {
            throw route.Invalid("gw", "an IP address of the destination's family");
        }

        return gateway;
    }

    private static int? NotNegative(ConfigObject route, string key) =>
        route.Int(key) is not { } number || number >= 0 ? route.Int(key) : throw route.Invalid(key, "0 or more");

    private static int? Scope(ConfigObject route) =>
        route.Int("scope") is not { } scope || scope is >= 0 and <= 255 ? route.Int("scope") : throw route.Invalid("scope", "0 to 255");
}
