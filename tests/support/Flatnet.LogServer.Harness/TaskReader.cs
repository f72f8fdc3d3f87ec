using System.Text.Json;

namespace Flatnet.LogServer.Harness;

/// <summary>Reads whole tasks over REST.</summary>
public static class TaskReader
{
    /// <summary>All lines, as the export gives them.</summary>
    public static async Task<IReadOnlyList<StoredLine>> ExportAsync(HttpClient client, string taskId)
    {
        var lines = new List<StoredLine>();
        using Stream body = await client.GetStreamAsync($"/api/v1/tasks/{taskId}/logs/export?format=ndjson");
        using var reader = new StreamReader(body);
        while (await reader.ReadLineAsync() is { } text)
        {
            using JsonDocument document = JsonDocument.Parse(text);
            lines.Add(Line(document.RootElement));
        }

        return lines;
    }

    /// <summary>All lines, page by page after a cursor.</summary>
    public static async Task<IReadOnlyList<StoredLine>> PagesAsync(HttpClient client, string taskId)
    {
        var lines = new List<StoredLine>();
        for (bool more = true; more;)
        {
            long cursor = lines.Count == 0 ? 0 : lines[^1].Seq;
            using JsonDocument page = JsonDocument.Parse(await client.GetByteArrayAsync($"/api/v1/tasks/{taskId}/logs?after_seq={cursor}&limit=1000"));
            lines.AddRange(page.RootElement.GetProperty("content").EnumerateArray().Select(Line));
            more = page.RootElement.GetProperty("hasMore").GetBoolean();
        }

        return lines;
    }

    /// <summary>A line of the protocol.</summary>
    public static StoredLine Line(JsonElement line) => new(
        line.GetProperty("seq").GetInt64(),
        line.TryGetProperty("streamId", out JsonElement stream) ? stream.GetString()! : "",
        line.TryGetProperty("sequence", out JsonElement sequence) ? sequence.GetInt64() : 0,
        line.GetProperty("source").GetString()!,
        line.GetProperty("timestamp").GetString()!,
        line.GetProperty("message").GetString()!);
}
