using System.Net;
using System.Text;
using System.Text.Json;

namespace Flatnet.Ipam;

/// <summary>One reservation as it stands in the document. Field names: <c>name</c>, <c>ip</c> addresses, <c>used</c> last use in
/// Unix milliseconds, <c>static</c>.</summary>
internal sealed class ReservationEntry
{
    private readonly byte[] _buffer;
    private readonly Slice _whole;
    private readonly Slice _name;
    private readonly bool _hasEscapes;

    internal ReservationEntry(byte[] buffer, Slice whole, Slice name, bool hasEscapes)
    {
        _buffer = buffer;
        _whole = whole;
        _name = name;
        _hasEscapes = hasEscapes;
    }

    internal required IpValue First { get; init; }

    internal IpValue[]? Others { get; init; }

    internal long UsedMilliseconds { get; init; }

    internal bool IsStatic { get; init; }

    internal ReadOnlySpan<byte> Json => Text(_whole);

    internal ReadOnlyMemory<byte> JsonMemory => _buffer.AsMemory(_whole.Start, _whole.Length);

    internal string Name => Encoding.UTF8.GetString(_hasEscapes ? EntryJson.Unescape(Text(_name)) : Text(_name));

    /// <summary>Renders a new reservation, or one that takes the place of another, whose unknown fields it keeps.</summary>
    internal static ReservationEntry Create(Reservation reservation, ReservationEntry? predecessor = null)
    {
        var buffer = new JsonBuffer(128);
        EntryJson.AppendText(buffer, "{\"name\":"u8, reservation.Name);
        buffer.Append(",\"ip\":"u8);
        EntryJson.AppendAddresses(buffer, reservation.Addresses);
        buffer.Append(",\"used\":"u8);
        buffer.AppendNumber(reservation.LastUsed.ToUnixTimeMilliseconds());
        buffer.Append(reservation.IsStatic ? ",\"static\":true"u8 : ""u8);
        predecessor?.AppendUnknown(buffer);
        buffer.Append("}"u8);

        byte[] json = buffer.ToArray();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return Read(ref reader, json);
    }

    /// <summary>The reader stands on the opening brace, and afterwards on the closing one.</summary>
    internal static ReservationEntry Read(ref Utf8JsonReader reader, byte[] buffer)
    {
        int start = (int)reader.TokenStartIndex;
        var name = default(Slice);
        IpValue first = default;
        IpValue[]? others = null;
        long used = 0;
        bool isStatic = false;
        bool hasEscapes = false;
        bool hasAddress = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                name = EntryJson.ReadText(ref reader, ref hasEscapes);
            }
            else if (reader.ValueTextEquals("ip"u8))
            {
                EntryJson.ReadAddresses(ref reader, out first, out others);
                hasAddress = true;
            }
            else if (reader.ValueTextEquals("used"u8))
            {
                used = EntryJson.ReadNumber(ref reader);
            }
            else if (reader.ValueTextEquals("static"u8))
            {
                reader.Read();
                isStatic = reader.TokenType switch
                {
                    JsonTokenType.True => true,
                    JsonTokenType.False => false,
                    _ => throw new DocumentFormatException("expected true or false", reader.TokenStartIndex),
                };
            }
            else
            {
                reader.Skip();
            }
        }

        if (!hasAddress || name.Length == 0)
        {
            throw new DocumentFormatException("a reservation needs \"name\" and \"ip\"", start);
        }

        var whole = new Slice(start, (int)reader.BytesConsumed - start);
        return new ReservationEntry(buffer, whole, name, hasEscapes)
        {
            First = first,
            Others = others,
            UsedMilliseconds = used,
            IsStatic = isStatic,
        };
    }

    internal bool Is(ReadOnlySpan<byte> name) =>
        _hasEscapes ? EntryJson.Unescape(Text(_name)).AsSpan().SequenceEqual(name) : Text(_name).SequenceEqual(name);

    internal bool Holds(IpValue address) => First == address || (Others is not null && Array.IndexOf(Others, address) >= 0);

    internal List<IPAddress> Addresses()
    {
        var addresses = new List<IPAddress>(1) { First.ToAddress() };
        foreach (IpValue other in Others ?? [])
        {
            addresses.Add(other.ToAddress());
        }

        return addresses;
    }

    internal Reservation ToReservation() => new()
    {
        Name = Name,
        Addresses = Addresses(),
        IsStatic = IsStatic,
        LastUsed = LastUsed,
    };

    internal DateTimeOffset LastUsed
    {
        get
        {
            long earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
            long latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
            return DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(UsedMilliseconds, earliest, latest));
        }
    }

    private ReadOnlySpan<byte> Text(Slice slice) => _buffer.AsSpan(slice.Start, slice.Length);

    private void AppendUnknown(JsonBuffer buffer)
    {
        var reader = new Utf8JsonReader(Json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool known = reader.ValueTextEquals("name"u8) || reader.ValueTextEquals("ip"u8)
                || reader.ValueTextEquals("used"u8) || reader.ValueTextEquals("static"u8);
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!known)
            {
                buffer.Append(","u8);
                buffer.Append(Json[start..(int)reader.BytesConsumed]);
            }
        }
    }
}
