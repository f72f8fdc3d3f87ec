using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Flatnet.Ipam;

/// <summary>
/// One parsed JSON value over the bytes it was read from. <c>JsonDocument</c> would do the same, but it rents its memory from a
/// shared pool, whose start-up measures the processor for a tenth of the time an ADD takes.
/// </summary>
public sealed class JsonValue
{
    private readonly ReadOnlyMemory<byte> _raw;

    private JsonValue(JsonValueKind kind, ReadOnlyMemory<byte> raw)
    {
        ValueKind = kind;
        _raw = raw;
    }

    /// <summary>What kind of value it is.</summary>
    public JsonValueKind ValueKind { get; }

    /// <summary>The properties of an object in the order written, repeated names included; empty for anything else.</summary>
    public ImmutableArray<(string Name, JsonValue Value)> Members { get; private init; } = [];

    /// <summary>The elements of an array; empty for anything else.</summary>
    public ImmutableArray<JsonValue> Items { get; private init; } = [];

    /// <summary>Parses a document: one value and nothing after it. The bytes must not change afterwards.</summary>
    /// <exception cref="JsonException">It is not JSON, nested deeper than 64 levels, or a key is not valid Unicode text.</exception>
    public static JsonValue Parse(ReadOnlyMemory<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8.Span);
        reader.Read();
        JsonValue value = ReadValue(ref reader, utf8);
        return reader.Read() ? throw new JsonException("there is more than one value") : value;
    }

    /// <summary>The text of a string.</summary>
    /// <exception cref="InvalidOperationException">It is not a string, or not valid Unicode text.</exception>
    public string GetString()
    {
        var reader = new Utf8JsonReader(_raw.Span);
        reader.Read();
        return reader.GetString() ?? throw new InvalidOperationException("null is not a string");
    }

    /// <summary>A whole number that fits 32 bits.</summary>
    public bool TryGetInt32(out int number)
    {
        var reader = new Utf8JsonReader(_raw.Span);
        reader.Read();
        return reader.TryGetInt32(out number);
    }

    /// <summary>Any number.</summary>
    public bool TryGetDouble(out double number)
    {
        var reader = new Utf8JsonReader(_raw.Span);
        reader.Read();
        return reader.TryGetDouble(out number);
    }

    /// <summary>The value as it was written.</summary>
    public string GetRawText() => Encoding.UTF8.GetString(_raw.Span);

    private static JsonValue ReadValue(ref Utf8JsonReader reader, ReadOnlyMemory<byte> source)
    {
        int start = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                ImmutableArray<(string Name, JsonValue Value)> members = ReadMembers(ref reader, source);
                return new JsonValue(JsonValueKind.Object, source[start..(int)reader.BytesConsumed]) { Members = members };
            case JsonTokenType.StartArray:
                ImmutableArray<JsonValue> items = ReadItems(ref reader, source);
                return new JsonValue(JsonValueKind.Array, source[start..(int)reader.BytesConsumed]) { Items = items };
            default:
                return new JsonValue(KindOf(reader.TokenType), source[start..(int)reader.BytesConsumed]);
        }
    }

    private static ImmutableArray<(string Name, JsonValue Value)> ReadMembers(ref Utf8JsonReader reader, ReadOnlyMemory<byte> source)
    {
        ImmutableArray<(string Name, JsonValue Value)>.Builder members = ImmutableArray.CreateBuilder<(string Name, JsonValue Value)>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = ReadName(ref reader);
            reader.Read();
            members.Add((name, ReadValue(ref reader, source)));
        }

        return members.DrainToImmutable();
    }

    private static ImmutableArray<JsonValue> ReadItems(ref Utf8JsonReader reader, ReadOnlyMemory<byte> source)
    {
        ImmutableArray<JsonValue>.Builder items = ImmutableArray.CreateBuilder<JsonValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadValue(ref reader, source));
        }

        return items.DrainToImmutable();
    }

    private static string ReadName(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            // Half a surrogate pair, or bytes that are not UTF-8.
            throw new JsonException("a key is not valid Unicode text", error);
        }
    }

    private static JsonValueKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.String => JsonValueKind.String,
        JsonTokenType.Number => JsonValueKind.Number,
        JsonTokenType.True => JsonValueKind.True,
        JsonTokenType.False => JsonValueKind.False,
        JsonTokenType.Null => JsonValueKind.Null,
        _ => throw new JsonException("a value is missing"),
    };
}
