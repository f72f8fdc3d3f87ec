using System.Text;

namespace Flatnet.Loki.TestServer;

/// <summary>What a client is answered.</summary>
public sealed record Response(int Status, string ContentType, byte[] Body)
{
    /// <summary>Further headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>No answer at all; the connection stays open.</summary>
    public static Response Hang { get; } = new(0, "", []);

    /// <summary>No answer; the connection is closed.</summary>
    public static Response Close { get; } = new(-1, "", []);

    /// <summary>Plain text, as Loki's errors are.</summary>
    public static Response Text(int status, string text) => new(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    /// <summary>A JSON document.</summary>
    public static Response Json(string text) => new(200, "application/json; charset=UTF-8", Encoding.UTF8.GetBytes(text));
}
