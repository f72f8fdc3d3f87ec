using System.Net;
using System.Text;
using System.Text.Json;

namespace Flatnet.Ipam;

/// <summary>The parts leases and reservations are written and read with.</summary>
internal static class EntryJson
{
    internal static void AppendText(JsonBuffer buffer, ReadOnlySpan<byte> key, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            buffer.Append(key);
            buffer.AppendString(text);
        }
    }

    internal static void AppendAddresses(JsonBuffer buffer, IReadOnlyList<IPAddress> addresses)
    {
        buffer.Append("["u8);
        for (int i = 0; i < addresses.Count; i++)
        {
            buffer.Append(i == 0 ? ""u8 : ","u8);
            buffer.AppendString(addresses[i].ToString());
        }

        buffer.Append("]"u8);
    }

    /// <summary>Reads a string and says where its content stands.</summary>
    internal static Slice ReadText(ref Utf8JsonReader reader, ref bool hasEscapes)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.String)
        {
            throw new DocumentFormatException("expected a string", reader.TokenStartIndex);
        }

        if (reader.ValueIsEscaped)
        {
            hasEscapes = true;
            RefuseInvalidEscape(ref reader);
        }

        return new Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
    }

    /// <summary>Reads an array of one or more addresses.</summary>
    internal static void ReadAddresses(ref Utf8JsonReader reader, out IpValue first, out IpValue[]? others)
    {
        first = default;
        others = null;
        int count = 0;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            throw new DocumentFormatException("expected an array of addresses", reader.TokenStartIndex);
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            if (!IpAddressText.TryParse(reader.ValueSpan, out IpValue address))
            {
                break;
            }

            if (count++ == 0)
            {
                first = address;
            }
            else
            {
                others = [.. others ?? [], address];
            }
        }

        if (reader.TokenType != JsonTokenType.EndArray || count == 0)
        {
            throw new DocumentFormatException("expected an IP address", reader.TokenStartIndex);
        }
    }

    internal static long ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number))
        {
            return number;
        }

        throw new DocumentFormatException("expected a whole number", reader.TokenStartIndex);
    }

    internal static DateTimeOffset ReadTime(ref Utf8JsonReader reader)
    {
        long milliseconds = ReadNumber(ref reader);
        bool representable = milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
            && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
        return representable ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : DateTimeOffset.UnixEpoch;
    }

    /// <summary>The bytes a string's content stands for.</summary>
    internal static byte[] Unescape(ReadOnlySpan<byte> content)
    {
        byte[] quoted = [(byte)'"', .. content, (byte)'"'];
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return Encoding.UTF8.GetBytes(reader.GetString()!);
    }

    internal static string TextOf(ReadOnlySpan<byte> content) => Encoding.UTF8.GetString(content);

    private static void RefuseInvalidEscape(ref Utf8JsonReader reader)
    {
        try
        {
            reader.GetString();
        }
        catch (InvalidOperationException)
        {
            throw new DocumentFormatException("half a surrogate pair", reader.TokenStartIndex);
        }
    }
}
