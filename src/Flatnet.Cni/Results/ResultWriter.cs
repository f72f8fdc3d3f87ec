using System.Buffers;
using System.Net.Sockets;
using System.Text.Json;
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
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("cniVersion"u8, version);
            if (CniVersion.IsAtLeast(version, "0.3.0"))
            {
                WriteLists(writer, version, result);
            }
            else
            {
                WriteFamily(writer, "ip4", AddressFamily.InterNetwork, result);
                WriteFamily(writer, "ip6", AddressFamily.InterNetworkV6, result);
            }

            // Up to 0.4.0 the object is always there, even when empty.
            if (!result.Dns.IsEmpty || !CniVersion.IsAtLeast(version, "1.0.0"))
            {
                WriteDns(writer, result.Dns);
            }

            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    private static void WriteLists(Utf8JsonWriter writer, string version, CniResult result)
    {
        bool extended = CniVersion.IsAtLeast(version, "1.1.0");
        if (result.Interfaces.Count > 0)
        {
            writer.WriteStartArray("interfaces"u8);
            foreach (ResultInterface link in result.Interfaces)
            {
                writer.WriteStartObject();
                writer.WriteString("name"u8, link.Name);
                WriteIfPresent(writer, "mac", link.Mac);
                if (extended && link.Mtu > 0)
                {
                    writer.WriteNumber("mtu"u8, link.Mtu);
                }

                WriteIfPresent(writer, "sandbox", link.Sandbox);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        if (result.Addresses.Count > 0)
        {
            bool versioned = !CniVersion.IsAtLeast(version, "1.0.0");
            writer.WriteStartArray("ips"u8);
            foreach (ResultAddress address in result.Addresses)
            {
                writer.WriteStartObject();
                if (versioned)
                {
                    writer.WriteString("version"u8, address.Address.AddressFamily == AddressFamily.InterNetwork ? "4"u8 : "6"u8);
                }

                if (address.Interface is { } index)
                {
                    writer.WriteNumber("interface"u8, index);
                }

                writer.WriteString("address"u8, address.Cidr);
                WriteIfPresent(writer, "gateway", address.Gateway?.ToString());
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        WriteRoutes(writer, result.Routes, family: null, extended);
    }

    private static void WriteFamily(Utf8JsonWriter writer, string key, AddressFamily family, CniResult result)
    {
        foreach (ResultAddress address in result.Addresses)
        {
            if (address.Address.AddressFamily != family)
            {
                continue;
            }

            writer.WriteStartObject(key);
            writer.WriteString("ip"u8, address.Cidr);
            WriteIfPresent(writer, "gateway", address.Gateway?.ToString());
            WriteRoutes(writer, result.Routes, family, extended: false);
            writer.WriteEndObject();
            return;
        }
    }

    private static void WriteRoutes(Utf8JsonWriter writer, IReadOnlyList<Route> routes, AddressFamily? family, bool extended)
    {
        bool open = false;
        foreach (Route route in routes)
        {
            if (family is not null && route.Destination.Address.AddressFamily != family)
            {
                continue;
            }

            if (!open)
            {
                writer.WriteStartArray("routes"u8);
                open = true;
            }

            writer.WriteStartObject();
            writer.WriteString("dst"u8, route.Destination.ToString());
            WriteIfPresent(writer, "gw", route.Gateway?.ToString());
            if (extended)
            {
                WriteIfPresent(writer, "mtu", route.Mtu);
                WriteIfPresent(writer, "advmss", route.AdvMss);
                WriteIfPresent(writer, "priority", route.Priority);
                WriteIfPresent(writer, "table", route.Table);
                WriteIfPresent(writer, "scope", route.Scope);
            }

            writer.WriteEndObject();
        }

        if (open)
        {
            writer.WriteEndArray();
        }
    }

    private static void WriteDns(Utf8JsonWriter writer, DnsSettings dns)
    {
        writer.WriteStartObject("dns"u8);
        WriteIfPresent(writer, "nameservers", dns.Nameservers);
        WriteIfPresent(writer, "domain", dns.Domain);
        WriteIfPresent(writer, "search", dns.Search);
        WriteIfPresent(writer, "options", dns.Options);
        writer.WriteEndObject();
    }

    private static void WriteIfPresent(Utf8JsonWriter writer, string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            writer.WriteString(key, value);
        }
    }

    private static void WriteIfPresent(Utf8JsonWriter writer, string key, int? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(key, number);
        }
    }

    private static void WriteIfPresent(Utf8JsonWriter writer, string key, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(key);
        foreach (string value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
