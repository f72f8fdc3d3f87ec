using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Flatnet.Cli.Tests.Doctor;

/// <summary>An HTTP server on the loopback that answers each path as told, and others with 404.</summary>
internal sealed class TestServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Dictionary<string, (int Status, string Body)> _answers = [];
    private readonly Task _loop;

    public TestServer()
    {
        _listener.Start();
        _loop = AcceptAsync();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>What the header Date says; none without.</summary>
    public DateTimeOffset? Date { get; set; }

    /// <summary>Takes requests and never answers.</summary>
    public bool IsSilent { get; set; }

    /// <summary>An address where nothing listens.</summary>
    public static Uri Nobody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    public TestServer On(string path, int status, string body = "")
    {
        _answers[path] = (status, body);
        return this;
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
        _loop.Wait();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var clients = new List<Task>();
        try
        {
            while (true)
            {
                clients.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(clients);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                using var reader = new StreamReader(client.GetStream(), Encoding.ASCII, leaveOpen: true);
                string path = (await reader.ReadLineAsync(_end.Token))?.Split(' ')[1] ?? "";
                while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 })
                {
                }

                if (IsSilent)
                {
                    await Task.Delay(Timeout.Infinite, _end.Token);
                }

                (int status, string body) = _answers.GetValueOrDefault(path, (404, "no such page"));
                string date = Date is { } time ? $"Date: {time.ToString("R", CultureInfo.InvariantCulture)}\r\n" : "";
                byte[] answer = Encoding.UTF8.GetBytes($"HTTP/1.1 {status} X\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{date}\r\n{body}");
                await client.GetStream().WriteAsync(answer, _end.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // The client has gone, or the test is over.
        }
    }
}
