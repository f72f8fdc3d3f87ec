using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Flatnet.Loki.Pushing;

/// <summary>The body of a push: <c>{"streams":[{"stream":{…},"values":[["ns","line",{…}]]}]}</c>. Loki refuses times that are not text.</summary>
internal static class PushBody
{
    public static byte[] Write(ImmutableArray<LokiPushLines> streams)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray("streams");
        foreach (var stream in streams)
        {
            json.WriteStartObject();
            json.WritePropertyName("stream");
            WriteText(json, stream.Labels);
            json.WriteStartArray("values");
            foreach (var entry in stream.Entries)
            {
                json.WriteStartArray();
                json.WriteStringValue(entry.Timestamp.ToString(CultureInfo.InvariantCulture));
                json.WriteStringValue(entry.Line);
                if (entry.Metadata is { IsEmpty: false } metadata)
                {
                    WriteText(json, metadata);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static HttpContent ToContent(byte[] body, bool compress)
    {
        var content = new ByteArrayContent(compress ? Compress(body) : body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (compress)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        return content;
    }

    private static byte[] Compress(byte[] body)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return compressed.ToArray();
    }

    private static void WriteText(Utf8JsonWriter json, ImmutableDictionary<string, string> pairs)
    {
        json.WriteStartObject();
        foreach (var (name, value) in pairs.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }
}
