using System.Net.Sockets;
using Flatnet.Cni.Protocol;
using Flatnet.Ipam;

namespace Flatnet.Cni.Results;

/// <summary>Prints a result in any of the seven versions. Fields that a version does not know are left out.</summary>
internal static class ResultWriter
{
    /// <summary>
    /// Fails if a result with or without addresses cannot be printed in <paramref name="version"/>. Called before anything is
    /// touched, so that an answer that cannot be given never leaves a half-attached container behind.
    /// </summary>
    /// <exception cref="CniException">Code 1.</exception>
    public static void CheckExpressible(string version, bool hasAddresses)
    {
        if (!hasAddresses && !CniVersion.IsAtLeast(version, "0.3.0"))
        {
            throw new CniException(
                ErrorCode.IncompatibleVersion,
                "cannot convert: no valid IP addresses",
                $"a cniVersion {version} result cannot describe an attachment without addresses; use 0.3.0 or newer");
        }
    }

    /// <summary>The result as one line of JSON.</summary>
    public static ReadOnlyMemory<byte> Write(string version, CniResult result)
    {
        var json = new JsonText();
        json.BeginObject();
        json.Property("cniVersion", version);
        if (CniVersion.IsAtLeast(version, "0.3.0"))
        {
            WriteInterfaces(json, version, result);
            WriteAddresses(json, version, result);
            WriteRoutes(json, result.Routes, family: null, CniVersion.IsAtLeast(version, "1.1.0"));
        }
        else
        {
            WriteFamily(json, "ip4", AddressFamily.InterNetwork, result);
            WriteFamily(json, "ip6", AddressFamily.InterNetworkV6, result);
        }

        // Up to 0.4.0 the object is always there, even when empty.
        if (!result.Dns.IsEmpty || !CniVersion.IsAtLeast(version, "1.0.0"))
        {
            WriteDns(json, result.Dns);
        }

        json.EndObject();
        json.EndLine();
        return json.Written;
    }

    private static void WriteInterfaces(JsonText json, string version, CniResult result)
    {
        if (result.Interfaces.Count == 0)
        {
            return;
        }

        bool extended = CniVersion.IsAtLeast(version, "1.1.0");
        json.BeginArray("interfaces");
        foreach (ResultInterface link in result.Interfaces)
        {
            json.BeginObject();
            json.Property("name", link.Name);
            json.Property("mac", link.Mac);
            json.Property("mtu", extended && link.Mtu > 0 ? link.Mtu : null);
            json.Property("sandbox", link.Sandbox);
            json.EndObject();
        }

        json.EndArray();
    }

    private static void WriteAddresses(JsonText json, string version, CniResult result)
    {
        if (result.Addresses.Count == 0)
        {
            return;
        }

        bool versioned = !CniVersion.IsAtLeast(version, "1.0.0");
        json.BeginArray("ips");
        foreach (ResultAddress address in result.Addresses)
        {
            bool isIPv4 = address.Address.AddressFamily == AddressFamily.InterNetwork;
            json.BeginObject();
            json.Property("version", !versioned ? null : isIPv4 ? "4" : "6");
            json.Property("interface", address.Interface);
            json.Property("address", address.Cidr);
            json.Property("gateway", address.Gateway?.ToString());
            json.EndObject();
        }

        json.EndArray();
    }

    private static void WriteFamily(JsonText json, string key, AddressFamily family, CniResult result)
    {
        foreach (ResultAddress address in result.Addresses)
        {
            if (address.Address.AddressFamily == family)
            {
                json.BeginObject(key);
                json.Property("ip", address.Cidr);
                json.Property("gateway", address.Gateway?.ToString());
                WriteRoutes(json, result.Routes, family, extended: false);
                json.EndObject();
                return;
            }
        }
    }

    private static void WriteRoutes(JsonText json, IReadOnlyList<Route> routes, AddressFamily? family, bool extended)
    {
        bool isOpen = false;
        foreach (Route route in routes)
        {
            if (family is not null && route.Destination.Address.AddressFamily != family)
            {
                continue;
            }

            if (!isOpen)
            {
                json.BeginArray("routes");
                isOpen = true;
            }

            json.BeginObject();
            json.Property("dst", route.Destination.ToString());
            json.Property("gw", route.Gateway?.ToString());
            if (extended)
            {
                json.Property("mtu", route.Mtu);
                json.Property("advmss", route.AdvMss);
                json.Property("priority", route.Priority);
                json.Property("table", route.Table);
                json.Property("scope", route.Scope);
            }

            json.EndObject();
        }

        if (isOpen)
        {
            json.EndArray();
        }
    }

    private static void WriteDns(JsonText json, DnsSettings dns)
    {
        json.BeginObject("dns");
        json.Property("nameservers", dns.Nameservers);
        json.Property("domain", dns.Domain);
        json.Property("search", dns.Search);
        json.Property("options", dns.Options);
        json.EndObject();
    }
}
