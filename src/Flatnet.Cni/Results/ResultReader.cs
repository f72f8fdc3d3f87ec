using System.Net;
using Flatnet.Cni.Protocol;
using Flatnet.Ipam;

namespace Flatnet.Cni.Results;

/// <summary>Reads a result of any version: <c>prevResult</c>, or what an IPAM plugin printed.</summary>
internal static class ResultReader
{
    /// <summary>Reads <c>prevResult</c>, which must be of the configuration's result type (spec, "prevResult").</summary>
    /// <exception cref="CniException">Code 6, naming what does not fit.</exception>
    public static CniResult ReadPrevious(ConfigObject previous, string configurationVersion)
    {
        string version = previous.String("cniVersion") is { Length: > 0 } text ? text : configurationVersion;
        if (!CniVersion.SharesResultType(configurationVersion, version))
        {
            throw new CniException(
                ErrorCode.Decoding,
                "could not parse prevResult",
                $"result type supports {CniVersion.GroupText(configurationVersion)} but unmarshalled CNIVersion is \"{version}\"");
        }

        return Read(previous);
    }

    /// <summary>Reads a result, recognising the version by its shape.</summary>
    /// <exception cref="ConfigException">A field has the wrong type or cannot be parsed.</exception>
    public static CniResult Read(ConfigObject result)
    {
        var interfaces = new List<ResultInterface>();
        foreach (JsonValue element in result.Array("interfaces") ?? [])
        {
            var link = new ConfigObject(element, $"{result.Path}.interfaces[{interfaces.Count}]");
            interfaces.Add(new ResultInterface(
                link.String("name") ?? "", link.String("mac") ?? "", link.Int("mtu") ?? 0, link.String("sandbox") is { Length: > 0 } sandbox ? sandbox : null));
        }

        var addresses = new List<ResultAddress>();
        var routes = new List<Route>();
        foreach (JsonValue element in result.Array("ips") ?? [])
        {
            var entry = new ConfigObject(element, $"{result.Path}.ips[{addresses.Count}]");
            addresses.Add(ReadAddress(entry, "address", entry.Int("interface")));
        }

        foreach (string family in (ReadOnlySpan<string>)["ip4", "ip6"])
        {
            if (result.Object(family) is { } legacy)
            {
                addresses.Add(ReadAddress(legacy, "ip", null));
                routes.AddRange(ReadRoutes(legacy));
            }
        }

        routes.AddRange(ReadRoutes(result));
        return new CniResult
        {
            Interfaces = interfaces,
            Addresses = addresses,
            Routes = routes,
            Dns = result.Object("dns") is { } dns ? DnsReader.Read(dns) : new DnsSettings(),
        };
    }

    private static ResultAddress ReadAddress(ConfigObject entry, string key, int? index)
    {
        string text = entry.String(key) ?? "";
        if (!IpPrefix.TryParse(text, out IpPrefix prefix))
        {
            throw new ConfigException($"{entry.Path}.{key}: \"{text}\" is not an address in CIDR notation");
        }

        IPAddress? gateway = null;
        if (entry.String("gateway") is { Length: > 0 } gatewayText && !IpAddressText.TryParse(gatewayText, out gateway))
        {
            throw new ConfigException($"{entry.Path}.gateway: \"{gatewayText}\" is not an IP address");
        }

        return new ResultAddress(prefix.Address, prefix.Length, gateway, index);
    }

    private static IReadOnlyList<Route> ReadRoutes(ConfigObject holder) =>
        holder.Element("routes") is { } routes ? RouteReader.Read(routes, $"{holder.Path}.routes") : [];
}
