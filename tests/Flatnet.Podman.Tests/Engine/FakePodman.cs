using System.Net.Sockets;
using System.Text;

namespace Flatnet.Podman.Tests.Engine;

/// <summary>A server on a Unix socket that answers each request with prepared bytes, in prepared pieces.</summary>
internal sealed class FakePodman : IDisposable
{
    private readonly DirectoryInfo? _directory;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<string, Answer?> _answer;
    private readonly List<string> _requests = [];

    /// <param name="answer">From path and query to the answer; null to keep silent.</param>
    /// <param name="path">Where it listens; null for a directory of its own.</param>
    public FakePodman(Func<string, Answer?> answer, string? path = null)
    {
        _answer = answer;
        _directory = path is null ? Directory.CreateTempSubdirectory("flatnet-fake-") : null;
        Path = path ?? System.IO.Path.Combine(_directory!.FullName, "podman.sock");
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        _listener.Listen();
        _ = AcceptAsync();
    }

    public string Path { get; }

    /// <summary>Paths and queries, in the order they came.</summary>
    public string[] Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Answers every request with this.</summary>
    public static FakePodman Always(Answer? answer) => new(_ => answer);

    public Task<IContainerEngine> ConnectAsync(TimeSpan? timeout = null)
    {
        return PodmanEngine.ConnectAsync(new EngineOptions { Url = Path, Timeout = timeout ?? TimeSpan.FromSeconds(30) }, CancellationToken.None);
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _directory?.Delete(recursive: true);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket connection = await _listener.AcceptAsync(_end.Token);
                _ = ServeAsync(connection, _end.Token);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket connection, CancellationToken end)
    {
        using Socket owned = connection;
        try
        {
            if (await ReadRequestAsync(connection, end) is not string target)
            {
                return;
            }

            lock (_requests)
            {
                _requests.Add(target);
            }

            Answer? answer = _answer(target);
            foreach (string piece in answer?.Pieces ?? [])
            {
                await connection.SendAsync(Encoding.UTF8.GetBytes(piece), end);
                await Task.Yield();
            }

            if (answer is null || answer.StaysOpen)
            {
                await Task.Delay(Timeout.Infinite, end);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException)
        {
            // The client has hung up, or the test is over.
        }
    }

    private static async Task<string?> ReadRequestAsync(Socket connection, CancellationToken end)
    {
        StringBuilder head = new();
        byte[] buffer = new byte[4096];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            int count = await connection.ReceiveAsync(buffer, end);
            if (count == 0)
            {
                return null;
            }

            head.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        return head.ToString().Split(' ')[1];
    }
}
