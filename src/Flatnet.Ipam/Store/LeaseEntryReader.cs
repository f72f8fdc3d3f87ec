using System.Net;
using System.Text.Json;

namespace Flatnet.Ipam;

/// <summary>Reads one lease. Field names are short because there may be thousands: <c>ip</c> addresses, <c>id</c> container
/// ID, <c>if</c> interface, <c>name</c>, <c>mac</c>, <c>ns</c> namespace path, <c>host</c> host interface, <c>at</c> since when in
/// Unix milliseconds, <c>boot</c> boot ID where it is not the
/// document's, <c>from</c> = <c>host-local</c> for an imported record.</summary>
internal static class LeaseEntryReader
{
    /// <summary>Notes where things are. The reader stands on the opening brace, and afterwards on the closing one.</summary>
    internal static LeaseEntry Read(ref Utf8JsonReader reader, byte[] buffer, DocumentBoot boot)
    {
        var fields = default(LeaseFields);
        int start = (int)reader.TokenStartIndex;
        bool hasAddress = false;
        bool unused = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("ip"u8))
            {
                EntryJson.ReadAddresses(ref reader, out fields.First, out fields.Others);
                hasAddress = true;
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                fields.ContainerId = EntryJson.ReadText(ref reader, ref fields.HasEscapes);
            }
            else if (reader.ValueTextEquals("if"u8))
            {
                fields.InterfaceName = EntryJson.ReadText(ref reader, ref fields.HasEscapes);
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                fields.HasName = EntryJson.ReadText(ref reader, ref unused).Length > 0;
            }
            else if (reader.ValueTextEquals("ns"u8))
            {
                fields.HasNamespace = EntryJson.ReadText(ref reader, ref unused).Length > 0;
            }
            else if (reader.ValueTextEquals("boot"u8))
            {
                EntryJson.ReadText(ref reader, ref unused);
                fields.HasBootId = true;
            }
            else if (reader.ValueTextEquals("mac"u8) || reader.ValueTextEquals("host"u8))
            {
                EntryJson.ReadText(ref reader, ref unused);
            }
            else if (reader.ValueTextEquals("at"u8))
            {
                EntryJson.ReadNumber(ref reader);
            }
            else if (reader.ValueTextEquals("from"u8))
            {
                EntryJson.ReadText(ref reader, ref unused);
                fields.IsFromHostLocal = reader.ValueTextEquals("host-local"u8);
            }
            else
            {
                reader.Skip();
            }
        }

        if (!hasAddress || fields.ContainerId.Length == 0)
        {
            throw new DocumentFormatException("a lease needs \"ip\" and \"id\"", start);
        }

        fields.Whole = new Slice(start, (int)reader.BytesConsumed - start);
        return new LeaseEntry(buffer, fields, boot);
    }

    /// <summary>Decodes a lease that <see cref="Read"/> has accepted.</summary>
    internal static Lease Materialize(ReadOnlySpan<byte> json, string boot)
    {
        var reader = new Utf8JsonReader(json);
        List<IPAddress> addresses = [];
        var lease = new Lease { ContainerId = "", InterfaceName = "", Addresses = addresses, BootId = boot };
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("ip"u8))
            {
                addresses.Clear();
                EntryJson.ReadAddresses(ref reader, out IpValue first, out IpValue[]? others);
                addresses.Add(first.ToAddress());
                foreach (IpValue other in others ?? [])
                {
                    addresses.Add(other.ToAddress());
                }
            }
            else if (reader.ValueTextEquals("at"u8))
            {
                lease = lease with { Since = EntryJson.ReadTime(ref reader) };
            }
            else
            {
                lease = WithText(lease, ref reader);
            }
        }

        return lease;
    }

    private static Lease WithText(Lease lease, ref Utf8JsonReader reader)
    {
        string? key = KnownKey(ref reader);
        reader.Read();
        if (key is null)
        {
            reader.Skip();
            return lease;
        }

        string? text = reader.GetString() is { Length: > 0 } value ? value : null;
        return key switch
        {
            "id" => lease with { ContainerId = text ?? "" },
            "if" => lease with { InterfaceName = text ?? "" },
            "name" => lease with { ContainerName = text },
            "mac" => lease with { Mac = text },
            "ns" => lease with { NamespacePath = text },
            "host" => lease with { HostInterface = text },
            _ => lease with { BootId = text ?? "" },
        };
    }

    private static string? KnownKey(ref Utf8JsonReader reader)
    {
        foreach (string key in (ReadOnlySpan<string>)["id", "if", "name", "mac", "ns", "host", "boot"])
        {
            if (reader.ValueTextEquals(key))
            {
                return key;
            }
        }

        return null;
    }
}
