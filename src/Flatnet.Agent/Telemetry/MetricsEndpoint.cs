using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Flatnet.Agent.Telemetry;

/// <summary>Answers <c>GET</c> on a few paths of 127.0.0.1, one request per connection: all that a collector needs, and no web server.</summary>
internal sealed class MetricsEndpoint : IAsyncDisposable
{
    private const int LongestRequest = 8 * 1024;
    private const int MostConnections = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TcpListener _listener;
    private readonly Func<string, MetricsPage?> _pages;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _connections = new(MostConnections);
    private readonly Task _accepting;

    /// <param name="port">0 for a free one.</param>
    /// <param name="pages">The page of a path; null where there is none.</param>
    /// <exception cref="IOException">The port cannot be had.</exception>
    public MetricsEndpoint(int port, Func<string, MetricsPage?> pages)
    {
        _pages = pages;
        _listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            _listener.Start();
        }
        catch (SocketException error)
        {
            throw new IOException($"Metrics cannot be served on 127.0.0.1:{port}: {error.Message}. Choose another monitoring.prometheus.port.", error);
        }

        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Whoever is still being answered hears the cancellation and lets go.
        for (int i = 0; i < MostConnections; i++)
        {
            await _connections.WaitAsync().ConfigureAwait(false);
        }

        _connections.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            await _connections.WaitAsync(_stop.Token).ConfigureAwait(false);
            try
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false));
            }
            catch
            {
                _connections.Release();
                throw;
            }
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
                limit.CancelAfter(Patience);
                NetworkStream stream = client.GetStream();
                byte[] answer = Answer(await ReadAsync(stream, limit.Token).ConfigureAwait(false));
                await stream.WriteAsync(answer, limit.Token).ConfigureAwait(false);
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
        {
            // It went away, or was too slow.
        }
        finally
        {
            _connections.Release();
        }
    }

    /// <summary>The request up to the empty line behind its headers; what is there when it is too long.</summary>
    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken cancellation)
    {
        byte[] buffer = new byte[LongestRequest];
        int length = 0;
        while (length < buffer.Length && !buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
        {
            int read = await stream.ReadAsync(buffer.AsMemory(length), cancellation).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        return Encoding.ASCII.GetString(buffer, 0, length);
    }

    private byte[] Answer(string request)
    {
        string[] words = request.Split("\r\n", 2)[0].Split(' ');
        MetricsPage page = words is not [string method, string path, _] ? new MetricsPage(400, MetricsPage.PlainText, "Bad request\n")
            : method != "GET" ? new MetricsPage(405, MetricsPage.PlainText, "GET only\n")
            : _pages(path.Split('?')[0]) ?? new MetricsPage(404, MetricsPage.PlainText, "Not found\n");
        byte[] body = Encoding.UTF8.GetBytes(page.Body);
        string head = string.Create(CultureInfo.InvariantCulture,
            $"HTTP/1.1 {page.Status} {(HttpStatusCode)page.Status}\r\nContent-Type: {page.ContentType}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
