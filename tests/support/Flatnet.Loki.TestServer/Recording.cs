using System.Text.Json;

namespace Flatnet.Loki.TestServer;

/// <summary>A recorded exchange with a real Loki.</summary>
public sealed class Recording
{
    private readonly JsonElement _document;

    private Recording(JsonElement document) => _document = document;

    /// <summary>The recorded answer.</summary>
    public Response Response
    {
        get
        {
            var response = _document.GetProperty("response");
            var body = response.GetProperty("body");
            var status = response.GetProperty("status").GetInt32();
            return body.ValueKind == JsonValueKind.String
                ? Response.Text(status, body.GetString()!)
                : Response.Json(body.GetRawText()) with { Status = status };
        }
    }

    /// <summary>The recorded messages of a tail, as text.</summary>
    public IReadOnlyList<string> Frames =>
        [.. _document.GetProperty("frames").EnumerateArray().Where(static frame => frame.TryGetProperty("streams", out _)).Select(static frame => frame.GetRawText())];

    /// <summary>Reads a recording.</summary>
    public static Recording Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return new Recording(document.RootElement.Clone());
    }
}
