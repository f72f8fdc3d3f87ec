using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Flatnet.Logs.Wire;
using Flatnet.LogServer.Harness;

namespace Flatnet.LogServer.Tests.Security;

/// <summary>Somebody who watches a task, and must notice nothing of what others do.</summary>
internal sealed class PoliteViewer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly LogServerProcess _server;
    private readonly ViewerConnection _viewer;
    private readonly Channel<string> _seen = Channel.CreateUnbounded<string>();
    private int _written;

    private PoliteViewer(LogServerProcess server, ViewerConnection viewer)
    {
        (_server, _viewer) = (server, viewer);
        viewer.Read(frame => _seen.Writer.TryWrite(Encoding.UTF8.GetString(frame.Span)));
    }

    public static async Task<PoliteViewer> StartAsync(LogServerProcess server)
    {
        await WriteAsync(server.Client, "first");
        return new PoliteViewer(server, await ViewerConnection.OpenAsync(
            server.Socket("watched"), LogServerProcess.Token, new SubscribeMessage("watched", new SubscribeOptions { Tail = 0 })));
    }

    /// <summary>A line that is written over a new connection is seen.</summary>
    public async Task AssertServedAsync()
    {
        string message = "line " + (++_written).ToString(CultureInfo.InvariantCulture);
        using var client = new HttpClient { BaseAddress = _server.Address };
        client.DefaultRequestHeaders.Authorization = _server.Client.DefaultRequestHeaders.Authorization;
        await WriteAsync(client, message);
        using var patience = new CancellationTokenSource(Patience);
        while (!(await _seen.Reader.ReadAsync(patience.Token)).Contains($"\"{message}\"", StringComparison.Ordinal))
        {
            // A ping, perhaps.
        }
    }

    public void Dispose() => _viewer.Dispose();

    private static async Task WriteAsync(HttpClient client, string message)
    {
        using var line = new StringContent($$"""{"source":"stdout","message":"{{message}}"}""", Encoding.UTF8, "application/json");
        (await client.PostAsync("/api/v1/tasks/watched/logs", line)).EnsureSuccessStatusCode();
    }
}
