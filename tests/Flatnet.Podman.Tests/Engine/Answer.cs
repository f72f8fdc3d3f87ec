using System.Globalization;
using System.Text;

namespace Flatnet.Podman.Tests.Engine;

/// <summary>What a fake server sends, piece by piece.</summary>
internal sealed record Answer(IReadOnlyList<string> Pieces)
{
    /// <summary>Whether the connection stays open afterwards.</summary>
    public bool StaysOpen { get; init; }

    public static Answer Raw(params string[] pieces) => new(pieces);

    public static Answer Json(string body, int status = 200)
    {
        string length = Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture);
        return Raw($"HTTP/1.1 {status} Whatever\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}");
    }

    /// <summary>Podman's way to say no.</summary>
    public static Answer Error(int status, string message, string cause)
    {
        return Json($$"""{"cause":"{{cause}}","message":"{{message}}","response":{{status}}}""", status);
    }

    /// <summary>A chunked body; with an end unless it is cut.</summary>
    public static Answer Chunked(IEnumerable<string> chunks, bool cut = false)
    {
        IEnumerable<string> framed = chunks.Select(chunk => $"{Encoding.UTF8.GetByteCount(chunk):x}\r\n{chunk}\r\n");
        return Raw(["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", .. framed, .. cut ? [] : (string[])["0\r\n\r\n"]]);
    }

    /// <summary>The same bytes, one at a time.</summary>
    public Answer ByteByByte()
    {
        return this with { Pieces = [.. string.Concat(Pieces).Select(character => character.ToString())] };
    }
}
