using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace Flatnet.Loki.TestServer;

/// <summary>Stores what is pushed, under Loki's rules.</summary>
internal static class PushReader
{
    /// <summary>The answer; valid lines are stored even where others are refused.</summary>
    public static Response Store(Request request, LineStore store)
    {
        try
        {
            using var document = JsonDocument.Parse(Decompress(request));
            if (!document.RootElement.TryGetProperty("streams", out var streams) || streams.GetArrayLength() == 0)
            {
                return Response.Text(422, "error at least one valid stream is required for ingestion\n");
            }

            var oldest = DateTimeOffset.UtcNow.AddDays(-7).ToUnixTimeMilliseconds() * 1_000_000;
            var newest = DateTimeOffset.UtcNow.AddMinutes(10).ToUnixTimeMilliseconds() * 1_000_000;
            var (ignored, total) = (0, 0);
            foreach (var stream in streams.EnumerateArray())
            {
                var labels = Pairs(stream.GetProperty("stream"));
                foreach (var value in stream.GetProperty("values").EnumerateArray())
                {
                    total++;
                    var timestamp = long.Parse(value[0].GetString()!, CultureInfo.InvariantCulture);
                    if (timestamp < oldest || timestamp > newest)
                    {
                        ignored++;
                        continue;
                    }

                    store.Add(timestamp, value[1].GetString()!, labels, value.GetArrayLength() > 2 ? Pairs(value[2]) : null);
                }
            }

            return ignored == 0
                ? new Response(204, "", [])
                : Response.Text(400, $"entry too far behind, total ignored: {ignored} out of {total} for stream\n");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return Response.Text(400, exception.Message);
        }
    }

    private static byte[] Decompress(Request request)
    {
        if (request.Headers.GetValueOrDefault("Content-Encoding") != "gzip")
        {
            return request.Body;
        }

        using var gzip = new GZipStream(new MemoryStream(request.Body), CompressionMode.Decompress);
        using var body = new MemoryStream();
        gzip.CopyTo(body);
        return body.ToArray();
    }

    private static Dictionary<string, string> Pairs(JsonElement element) =>
        element.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value.GetString()!);
}
