using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Flatnet.Podman.Http;

/// <summary>
/// HTTP/1.1 over a Unix socket: GET only, one request per connection. Podman's API needs no more, and a command that lists
/// containers ends sooner than <c>HttpClient</c> has started.
/// </summary>
internal static class UnixHttp
{
    private const int MostHeaders = 100;

    /// <summary>Connects to the socket at this path.</summary>
    /// <exception cref="SocketException">There is none, nobody listens, or this user may not.</exception>
    public static async Task<Socket> ConnectAsync(string path, CancellationToken cancellation)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request and reads the head of the answer, whatever its status.</summary>
    /// <exception cref="SocketException">The connection could not be made.</exception>
    /// <exception cref="HttpException">It broke, or the answer is not HTTP.</exception>
    public static async Task<HttpReply> GetAsync(string socketPath, string pathAndQuery, CancellationToken cancellation)
    {
        ReplyBuffer buffer = new(await ConnectAsync(socketPath, cancellation).ConfigureAwait(false));
        try
        {
            await buffer.SendAsync(Request(pathAndQuery), cancellation).ConfigureAwait(false);
            int status = StatusOf(await buffer.ReadLineAsync(cancellation).ConfigureAwait(false));
            Dictionary<string, string> headers = await ReadHeadersAsync(buffer, cancellation).ConfigureAwait(false);
            return new HttpReply(status, headers, BodyOf(buffer, headers));
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private static byte[] Request(string pathAndQuery)
    {
        return Encoding.ASCII.GetBytes($"GET {pathAndQuery} HTTP/1.1\r\nHost: d\r\nUser-Agent: flatnet\r\nConnection: close\r\n\r\n");
    }

    private static int StatusOf(string line)
    {
        return line.StartsWith("HTTP/1.", StringComparison.Ordinal)
            && line.Length >= 12
            && int.TryParse(line.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int status)
            ? status
            : throw new HttpException("the answer is not HTTP");
    }

    private static async Task<Dictionary<string, string>> ReadHeadersAsync(ReplyBuffer buffer, CancellationToken cancellation)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        for (int count = 0; count < MostHeaders; count++)
        {
            string line = await buffer.ReadLineAsync(cancellation).ConfigureAwait(false);
            if (line.Length == 0)
            {
                return headers;
            }

            int colon = line.IndexOf(':');
            headers[colon > 0 ? line[..colon] : throw new HttpException("the answer has a malformed header")] = line[(colon + 1)..].Trim();
        }

        throw new HttpException($"the answer has more than {MostHeaders} headers");
    }

    private static BodyStream BodyOf(ReplyBuffer buffer, Dictionary<string, string> headers)
    {
        if (headers.TryGetValue("Transfer-Encoding", out string? encoding))
        {
            return encoding.Equals("chunked", StringComparison.OrdinalIgnoreCase)
                ? new BodyStream(buffer, BodyFraming.Chunked, 0)
                : throw new HttpException($"the answer has the unknown encoding {encoding}");
        }

        if (!headers.TryGetValue("Content-Length", out string? text))
        {
            return new BodyStream(buffer, BodyFraming.UntilClose, 0);
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long length)
            ? new BodyStream(buffer, BodyFraming.Length, length)
            : throw new HttpException("the answer's length is no number");
    }
}
