using System.Globalization;
using System.Text.Json;

namespace Flatnet.Loki.Reading;

/// <summary>
/// Reads <c>[{"stream":{"label":"value"},"values":[["ns","line",{"structuredMetadata":{…},"parsed":{…}}]]}]</c>, the form of
/// lines in answers and in frames of a tail. The third element may be missing, or hold the attached values themselves.
/// </summary>
internal static class StreamsReader
{
    /// <summary>The lines of each stream, in the order of the text. Leaves the reader at the end of the array.</summary>
    /// <exception cref="JsonException">The text has another form.</exception>
    public static List<List<Entry>> Read(ref Utf8JsonReader reader, StreamTable table)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray);
        var streams = new List<List<Entry>>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            streams.Add(ReadStream(ref reader, table));
        }

        return streams;
    }

    private static List<Entry> ReadStream(ref Utf8JsonReader reader, StreamTable table)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject);
        var labels = new List<KeyValuePair<string, string>>();
        Utf8JsonReader values = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isLabels = reader.ValueTextEquals("stream"u8);
            var isValues = reader.ValueTextEquals("values"u8);
            reader.Read();
            if (isLabels)
            {
                ReadPairs(ref reader, labels);
            }
            else
            {
                // Members have no order; the lines are read when the labels are known.
                values = isValues ? reader : values;
                reader.Skip();
            }
        }

        Expect(values.TokenType == JsonTokenType.StartArray);
        var entries = new List<Entry>();
        StreamLabels? plain = null;
        while (values.Read() && values.TokenType != JsonTokenType.EndArray)
        {
            entries.Add(ReadEntry(ref values, labels, ref plain, table));
        }

        return entries;
    }

    private static Entry ReadEntry(
        ref Utf8JsonReader reader, List<KeyValuePair<string, string>> labels, ref StreamLabels? plain, StreamTable table)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray);
        Expect(reader.Read() && reader.TokenType == JsonTokenType.String);
        Expect(long.TryParse(reader.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var timestamp));
        Expect(reader.Read() && reader.TokenType == JsonTokenType.String);
        var line = reader.GetString()!;

        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            return new Entry(timestamp, line, plain ??= table.Get(labels, attached: null));
        }

        var attached = new List<KeyValuePair<string, string>>();
        ReadPairs(ref reader, attached);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
        }

        return new Entry(timestamp, line, table.Get(labels, attached));
    }

    /// <summary>The text members of an object, and of the objects in it.</summary>
    public static void ReadPairs(ref Utf8JsonReader reader, List<KeyValuePair<string, string>> pairs)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadPairs(ref reader, pairs);
            }
            else
            {
                Expect(reader.TokenType == JsonTokenType.String);
                pairs.Add(new(name, reader.GetString()!));
            }
        }
    }

    private static void Expect(bool condition)
    {
        if (!condition)
        {
            throw new JsonException("These are not the lines of streams.");
        }
    }
}
