using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Flatnet.Loki.TestServer;

/// <summary>Writes answers and messages in Loki's form.</summary>
internal static class Answers
{
    public static string Streams(IEnumerable<StoredLine> lines, bool categorized) => Write(json =>
    {
        json.WriteString("status", "success");
        json.WriteStartObject("data");
        json.WriteString("resultType", "streams");
        WriteFlags(json, categorized);
        json.WriteStartArray("result");
        foreach (var stream in lines.GroupBy(line => Name(categorized ? line.Labels : line.MixedLabels())).OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            var labels = categorized ? stream.First().Labels : stream.First().MixedLabels();
            WriteStream(json, labels, stream, categorized);
        }

        json.WriteEndArray();
        json.WriteStartObject("stats");
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>A message of a tail: one stream per line. Live lines come without metadata, unless it is kept apart.</summary>
    public static string Frame(IReadOnlyList<StoredLine> lines, IReadOnlyList<StoredLine> dropped, bool categorized, bool isBackfill) => Write(json =>
    {
        json.WriteStartArray("streams");
        foreach (var line in lines)
        {
            WriteStream(json, !categorized && isBackfill ? line.MixedLabels() : line.Labels, [line], categorized);
        }

        json.WriteEndArray();
        if (dropped.Count > 0)
        {
            json.WriteStartArray("dropped_entries");
            foreach (var line in dropped)
            {
                json.WriteStartObject();
                WriteLabels(json, "labels", line.Labels);
                json.WriteString("timestamp", Number(line.Timestamp));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        WriteFlags(json, categorized);
    });

    public static string Names(IEnumerable<string> names) => Write(json =>
    {
        json.WriteString("status", "success");
        json.WriteStartArray("data");
        foreach (var name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    });

    public static string Series(IEnumerable<SortedDictionary<string, string>> series) => Write(json =>
    {
        json.WriteString("status", "success");
        json.WriteStartArray("data");
        foreach (var labels in series)
        {
            WriteLabels(json, null, labels);
        }

        json.WriteEndArray();
    });

    private static void WriteStream(Utf8JsonWriter json, SortedDictionary<string, string> labels, IEnumerable<StoredLine> lines, bool categorized)
    {
        json.WriteStartObject();
        WriteLabels(json, "stream", labels);
        json.WriteStartArray("values");
        foreach (var line in lines)
        {
            json.WriteStartArray();
            json.WriteStringValue(Number(line.Timestamp));
            json.WriteStringValue(line.Line);
            if (categorized)
            {
                json.WriteStartObject();
                WriteLabels(json, "structuredMetadata", line.Metadata);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLabels(Utf8JsonWriter json, string? name, SortedDictionary<string, string> labels)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        json.WriteStartObject();
        foreach (var (label, value) in labels)
        {
            json.WriteString(label, value);
        }

        json.WriteEndObject();
    }

    private static void WriteFlags(Utf8JsonWriter json, bool categorized)
    {
        if (categorized)
        {
            json.WriteStartArray("encodingFlags");
            json.WriteStringValue("categorize-labels");
            json.WriteEndArray();
        }
    }

    private static string Write(Action<Utf8JsonWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string Name(SortedDictionary<string, string> labels) => string.Join('\0', labels.Select(label => $"{label.Key}\0{label.Value}"));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
