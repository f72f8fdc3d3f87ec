using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Flatnet.Loki.TestServer;

/// <summary>Reads requests from a connection and writes answers to it: as much of HTTP/1.1 as the clients here need.</summary>
internal sealed class HttpConnection(TcpClient client) : IDisposable
{
    private readonly NetworkStream _stream = client.GetStream();

    public NetworkStream Stream => _stream;

    /// <summary>The next request; null when the client has closed.</summary>
    public async Task<Request?> ReadAsync(CancellationToken cancellation)
    {
        if (await ReadHeadAsync(cancellation) is not { Length: > 0 } head)
        {
            return null;
        }

        var lines = head.Split("\r\n");
        var parts = lines[0].Split(' ');
        var headers = lines.Skip(1).Select(static line => line.Split(':', 2))
            .ToDictionary(static pair => pair[0], static pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture)];
        await _stream.ReadExactlyAsync(body, cancellation);

        var target = parts[1].Split('?', 2);
        var isForm = headers.GetValueOrDefault("Content-Type", "").StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal);
        return new Request(parts[0], target[0], headers, body)
        {
            Parameters = Request.ReadParameters((target.Length > 1 ? target[1] : "") + "&" + (isForm ? Encoding.UTF8.GetString(body) : "")),
        };
    }

    public async Task WriteAsync(Response response, CancellationToken cancellation)
    {
        var head = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {response.Status} Answer\r\n")
            .Append(CultureInfo.InvariantCulture, $"Date: {DateTime.UtcNow:R}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Content-Type: {response.ContentType}\r\n");
        foreach (var (name, value) in response.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        if (response.Status != 204)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {response.Body.Length}\r\n");
        }

        await _stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), cancellation);
        await _stream.WriteAsync(response.Body, cancellation);
    }

    public void Dispose() => client.Dispose();

    /// <summary>Byte by byte, so that nothing of what follows is taken.</summary>
    private async Task<string?> ReadHeadAsync(CancellationToken cancellation)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (head.Length < 64 * 1024)
        {
            if (await _stream.ReadAsync(one, cancellation) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
            if (one[0] == '\n' && head.Length >= 4 && head.ToString(head.Length - 4, 4) == "\r\n\r\n")
            {
                return head.ToString(0, head.Length - 4);
            }
        }

        throw new InvalidDataException("The head of a request is too long.");
    }
}
