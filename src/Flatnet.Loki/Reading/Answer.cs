using System.Collections.Immutable;
using System.Text.Json;

namespace Flatnet.Loki.Reading;

/// <summary>Reads the answers <c>{"status":"success","data":…}</c> of Loki's queries.</summary>
internal static class Answer
{
    private delegate T DataReader<T>(ref Utf8JsonReader reader);

    /// <summary>The lines of each stream of a range query.</summary>
    /// <exception cref="JsonException">It is no such answer.</exception>
    public static List<List<Entry>> ReadStreams(byte[] body, StreamTable table) =>
        Read(body, (ref Utf8JsonReader reader) => ReadResult(ref reader, table)) ?? throw new JsonException("It holds no lines.");

    /// <summary>A list of names or values; empty where Loki leaves it out.</summary>
    /// <exception cref="JsonException">It is no such answer.</exception>
    public static ImmutableArray<string> ReadNames(byte[] body) =>
        [.. Read(body, (ref Utf8JsonReader reader) => ReadArray(ref reader, static (ref Utf8JsonReader item) =>
            item.TokenType == JsonTokenType.String ? item.GetString()! : throw new JsonException("A name is not text."))) ?? []];

    /// <summary>A list of label sets; empty where Loki leaves it out.</summary>
    /// <exception cref="JsonException">It is no such answer.</exception>
    public static ImmutableArray<ImmutableDictionary<string, string>> ReadLabelSets(byte[] body) =>
        [.. Read(body, (ref Utf8JsonReader reader) => ReadArray(ref reader, static (ref Utf8JsonReader item) =>
        {
            var labels = new List<KeyValuePair<string, string>>();
            StreamsReader.ReadPairs(ref item, labels);
            return labels.ToImmutableDictionary(StringComparer.Ordinal);
        })) ?? []];

    private static T? Read<T>(byte[] body, DataReader<T> readData)
        where T : class
    {
        T? data = null;
        var isSuccess = false;
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("It is not an object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isStatus = reader.ValueTextEquals("status"u8);
            var isData = reader.ValueTextEquals("data"u8);
            reader.Read();
            if (isStatus)
            {
                isSuccess = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("success"u8);
            }
            else if (isData && reader.TokenType != JsonTokenType.Null)
            {
                data = readData(ref reader);
                continue;
            }

            reader.Skip();
        }

        return isSuccess ? data : throw new JsonException("Its status is not success.");
    }

    private static List<List<Entry>> ReadResult(ref Utf8JsonReader reader, StreamTable table)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Its data is not an object.");
        }

        List<List<Entry>>? streams = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("resultType"u8);
            var isResult = reader.ValueTextEquals("result"u8);
            reader.Read();
            if (isType && !reader.ValueTextEquals("streams"u8))
            {
                throw new LokiException(LokiFailure.BadQuery, $"the query gives numbers ({reader.GetString()}), not lines");
            }

            if (isResult)
            {
                streams = reader.TokenType == JsonTokenType.Null ? [] : StreamsReader.Read(ref reader, table);
            }
            else
            {
                reader.Skip();
            }
        }

        return streams ?? throw new JsonException("Its data has no result.");
    }

    private static List<T> ReadArray<T>(ref Utf8JsonReader reader, DataReader<T> readItem)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("Its data is not a list.");
        }

        var items = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(readItem(ref reader));
        }

        return items;
    }
}
