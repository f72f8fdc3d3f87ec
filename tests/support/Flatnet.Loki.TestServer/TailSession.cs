using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace Flatnet.Loki.TestServer;

/// <summary>One open tail: sends what it has from the start on, then what comes.</summary>
internal sealed class TailSession(LokiTestServer server, HttpConnection connection, LogQuery query, bool categorized) : IDisposable
{
    private const int LargestFrame = 100;

    private readonly Channel<StoredLine> _live = Channel.CreateUnbounded<StoredLine>();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<StoredLine> _dropped = [];
    private TailCut? _cut;
    private int _toDrop;

    /// <summary>Ends it from the server's side.</summary>
    public void Cut(TailCut cut)
    {
        _cut = cut;
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }
    }

    /// <summary>The next so many live lines are not sent, but named as dropped with the first one after them.</summary>
    public void Drop(int lines) => Interlocked.Add(ref _toDrop, lines);

    public void Dispose() => _stop.Dispose();

    public async Task RunAsync(WebSocket socket, long start, int limit, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stop.Token);
        if (server.LongestTail is { } longest)
        {
            stop.CancelAfter(longest);
        }

        await Task.Delay(server.SubscribeDelay, cancellation);
        var unsubscribe = server.Store.Listen(line => _live.Writer.TryWrite(line));
        try
        {
            if (server.HasBackfill)
            {
                var backfill = server.Store.Query(query, start, long.MaxValue, limit, backward: true);
                backfill.Reverse();
                foreach (var chunk in backfill.Chunk(LargestFrame))
                {
                    await SendAsync(socket, Answers.Frame(chunk, [], categorized, isBackfill: true), stop.Token);
                }
            }

            while (await _live.Reader.WaitToReadAsync(stop.Token))
            {
                await SendLiveAsync(socket, stop.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            await EndAsync(socket, _cut ?? TailCut.DurationReached, cancellation);
        }
        finally
        {
            unsubscribe();
        }
    }

    private async Task SendLiveAsync(WebSocket socket, CancellationToken cancellation)
    {
        var lines = new List<StoredLine>();
        var named = new List<StoredLine>();
        while (lines.Count < LargestFrame && _live.Reader.TryRead(out var line))
        {
            if (!query.Matches(line))
            {
                continue;
            }

            if (_toDrop > 0)
            {
                // What is dropped lies between two messages; the later one names it.
                _toDrop--;
                _dropped.Add(line);
                if (lines.Count > 0)
                {
                    break;
                }

                continue;
            }

            if (lines.Count == 0)
            {
                named.AddRange(_dropped);
                _dropped.Clear();
            }

            lines.Add(line);
        }

        if (lines.Count > 0)
        {
            await SendAsync(socket, Answers.Frame(lines, named, categorized, isBackfill: false), cancellation);
        }
    }

    private async Task EndAsync(WebSocket socket, TailCut cut, CancellationToken cancellation)
    {
        switch (cut)
        {
            case TailCut.DurationReached:
                await socket.CloseOutputAsync(WebSocketCloseStatus.InternalServerError, "reached tail max duration limit", cancellation);
                break;
            case TailCut.IngestersGone:
                await socket.CloseOutputAsync(WebSocketCloseStatus.InternalServerError, "all ingesters closed the connection", cancellation);
                break;
            case TailCut.MidFrame:
                // A text frame that announces 126 bytes and brings nine.
                await connection.Stream.WriteAsync(new byte[] { 0x81, 0x7E, 0x00, 0x7E }.Concat("{\"streams"u8.ToArray()).ToArray(), cancellation);
                connection.Dispose();
                break;
            default:
                connection.Dispose();
                break;
        }
    }

    private static ValueTask SendAsync(WebSocket socket, string text, CancellationToken cancellation) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text).AsMemory(), WebSocketMessageType.Text, true, cancellation);
}
