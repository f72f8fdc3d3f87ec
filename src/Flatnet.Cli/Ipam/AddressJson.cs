using System.Globalization;
using System.Text.Json;
using Flatnet.Ipam;

namespace Flatnet.Cli.Ipam;

/// <summary>Addresses, leases and reservations in JSON. Times are RFC 3339 in UTC; what is unknown is null.</summary>
internal static class AddressJson
{
    public static void Write(Utf8JsonWriter writer, AddressEntry entry, DateTimeOffset now)
    {
        writer.WriteStartObject();
        writer.WriteString("address", entry.Address.ToString());
        writer.WriteString("name", entry.Name);
        writer.WriteString("state", entry.StateText);
        writer.WriteBoolean("static", entry.Reservation?.IsStatic == true);
        WriteTime(writer, "since", entry.Since);
        if (entry.Since is { } since)
        {
            writer.WriteNumber("age_seconds", Math.Max(0, (long)(now - since).TotalSeconds));
        }
        else
        {
            writer.WriteNull("age_seconds");
        }

        writer.WriteString("container_id", entry.Lease?.ContainerId);
        writer.WriteString("interface", entry.Lease?.InterfaceName);
        writer.WriteString("mac", entry.Lease?.Mac);
        writer.WriteString("namespace", entry.Lease?.NamespacePath);
        writer.WriteString("host_interface", entry.Lease?.HostInterface);
        writer.WriteEndObject();
    }

    /// <summary>Writes an array of leases.</summary>
    public static void Write(Utf8JsonWriter writer, string name, IEnumerable<Lease> leases)
    {
        writer.WriteStartArray(name);
        foreach (Lease lease in leases)
        {
            writer.WriteStartObject();
            WriteAddresses(writer, lease.Addresses);
            writer.WriteString("name", lease.ContainerName);
            writer.WriteString("container_id", lease.ContainerId);
            writer.WriteString("interface", lease.InterfaceName);
            WriteTime(writer, "since", lease.Since);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes an array of reservations.</summary>
    public static void Write(Utf8JsonWriter writer, string name, IEnumerable<Reservation> reservations)
    {
        writer.WriteStartArray(name);
        foreach (Reservation reservation in reservations)
        {
            writer.WriteStartObject();
            WriteAddresses(writer, reservation.Addresses);
            writer.WriteString("name", reservation.Name);
            writer.WriteBoolean("static", reservation.IsStatic);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteAddresses(Utf8JsonWriter writer, IReadOnlyList<System.Net.IPAddress> addresses)
    {
        writer.WriteStartArray("addresses");
        foreach (System.Net.IPAddress address in addresses)
        {
            writer.WriteStringValue(address.ToString());
        }

        writer.WriteEndArray();
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset? time) =>
        writer.WriteString(name, time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}
