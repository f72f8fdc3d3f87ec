using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Flatnet.Cli.Tests.Gateway;

/// <summary>A gateway on the loopback that gives every request the same answer.</summary>
internal sealed class FakeGateway : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly byte[]? _answer;
    private readonly Task _serving;

    /// <summary>Answers with a body; null: never answers.</summary>
    public FakeGateway(string? body, HttpStatusCode status = HttpStatusCode.OK)
    {
        _answer = body is null ? null : Encoding.UTF8.GetBytes(
            $"HTTP/1.1 {(int)status} x\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    /// <summary>Method and path of each request.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
        _serving.Wait();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
                NetworkStream stream = client.GetStream();
                var reader = new StreamReader(stream, Encoding.ASCII);
                string[] request = (await reader.ReadLineAsync(_end.Token) ?? "").Split(' ');
                Requests.Enqueue(string.Join(' ', request.Take(2)));
                while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 })
                {
                }

                if (_answer is null)
                {
                    await Task.Delay(Timeout.Infinite, _end.Token);
                }

                await stream.WriteAsync(_answer, _end.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
        {
            // The test is over.
        }
    }
}
