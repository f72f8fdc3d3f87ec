using System.Text.Json;
using Flatnet.Loki.Reading;

namespace Flatnet.Loki.Following;

/// <summary>One message of a tail: <c>{"streams":[…],"dropped_entries":[…]}</c>.</summary>
/// <param name="Entries">Its lines, in Loki's order.</param>
/// <param name="HasLoss">Loki, or we, left out lines before it.</param>
internal sealed record TailFrame(List<Entry> Entries, bool HasLoss)
{
    /// <exception cref="JsonException">It is no such message.</exception>
    public static TailFrame Read(byte[] message, StreamTable table)
    {
        if (ReferenceEquals(message, TailConnection.Loss))
        {
            return new TailFrame([], HasLoss: true);
        }

        var entries = new List<Entry>();
        var hasLoss = false;
        var reader = new Utf8JsonReader(message);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("It is not an object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isStreams = reader.ValueTextEquals("streams"u8);
            var isDropped = reader.ValueTextEquals("dropped_entries"u8);
            reader.Read();
            if (isStreams && reader.TokenType == JsonTokenType.StartArray)
            {
                StreamsReader.Read(ref reader, table).ForEach(entries.AddRange);
                continue;
            }

            hasLoss |= isDropped && reader.TokenType == JsonTokenType.StartArray;
            reader.Skip();
        }

        return new TailFrame(entries, hasLoss);
    }
}
