using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace Flatnet.Loki.TestServer;

/// <summary>A small Loki on loopback that keeps lines in memory and behaves as badly as it is told to.</summary>
public sealed class LokiTestServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, bool> _connections = [];
    private readonly ConcurrentDictionary<TailSession, bool> _tails = [];
    private readonly ConcurrentQueue<Request> _requests = [];
    private readonly List<HttpConnection> _open = [];
    private TcpListener _listener;
    private Task _accepting;
    private int _tailsOpened;

    /// <summary>A server that is running.</summary>
    public LokiTestServer()
    {
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        Url = new Uri($"http://{_listener.LocalEndpoint}");
        _accepting = AcceptAsync();
    }

    /// <summary>Where it is.</summary>
    public Uri Url { get; }

    /// <summary>Its lines.</summary>
    public LineStore Store { get; } = new();

    /// <summary>All requests so far, in their order.</summary>
    public IReadOnlyList<Request> Requests => [.. _requests];

    /// <summary>Answers instead of Loki; null leaves it to Loki.</summary>
    public Func<Request, Response?>? Intercept { get; set; }

    /// <summary><c>max_entries_limit_per_query</c>.</summary>
    public int MaxEntries { get; set; } = 5000;

    /// <summary><c>max_concurrent_tail_requests</c>.</summary>
    public int MaxTails { get; set; } = 10;

    /// <summary><c>tail_max_duration</c>; null for no end.</summary>
    public TimeSpan? LongestTail { get; set; }

    /// <summary>How long after accepting a tail the lines reach it.</summary>
    public TimeSpan SubscribeDelay { get; set; }

    /// <summary>Whether a tail sends the lines from its start on, which Loki does not promise.</summary>
    public bool HasBackfill { get; set; } = true;

    /// <summary>Whether it keeps labels and metadata apart on request, as Loki does since 2.9.3.</summary>
    public bool KnowsCategories { get; set; } = true;

    /// <summary>How many tails are open.</summary>
    public int OpenTails => _tails.Count;

    /// <summary>How many tails were opened so far.</summary>
    public int TailsOpened => Volatile.Read(ref _tailsOpened);

    /// <summary>Ends all open tails.</summary>
    public void CutTails(TailCut cut)
    {
        foreach (var tail in _tails.Keys)
        {
            tail.Cut(cut);
        }
    }

    /// <summary>Leaves out the next lines in all open tails, and says so afterwards.</summary>
    public void DropFromTails(int lines)
    {
        foreach (var tail in _tails.Keys)
        {
            tail.Drop(lines);
        }
    }

    /// <summary>Stops listening and breaks every connection.</summary>
    public async Task StopAsync()
    {
        _listener.Stop();
        await _accepting;
        lock (_open)
        {
            _open.ForEach(static connection => connection.Dispose());
            _open.Clear();
        }
    }

    /// <summary>Listens again, at the same address.</summary>
    public void Restart()
    {
        _listener = new TcpListener(IPAddress.Loopback, Url.Port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await StopAsync();
        await Task.WhenAll(_connections.Keys);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var listener = _listener;
        try
        {
            while (true)
            {
                var connection = new HttpConnection(await listener.AcceptTcpClientAsync());
                lock (_open)
                {
                    _open.Add(connection);
                }

                var serving = ServeAsync(connection);
                _connections[serving] = true;
                _ = serving.ContinueWith(done => _connections.TryRemove(done, out _), TaskScheduler.Default);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(HttpConnection connection)
    {
        try
        {
            while (await connection.ReadAsync(_stop.Token) is { } request)
            {
                _requests.Enqueue(request);
                var response = Intercept?.Invoke(request);
                if (ReferenceEquals(response, Response.Hang))
                {
                    await Task.Delay(Timeout.Infinite, _stop.Token);
                }

                if (ReferenceEquals(response, Response.Close))
                {
                    return;
                }

                if (response is null && request.Path.EndsWith("/tail", StringComparison.Ordinal))
                {
                    await TailAsync(connection, request);
                    return;
                }

                await connection.WriteAsync(response ?? Answer(request), _stop.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException or WebSocketException or SocketException)
        {
            // The client, or the test, has had enough.
        }
        finally
        {
            connection.Dispose();
            lock (_open)
            {
                _open.Remove(connection);
            }
        }
    }

    private Response Answer(Request request)
    {
        try
        {
            return request.Path["/".Length..].Replace("loki/api/v1/", "", StringComparison.Ordinal) switch
            {
                "query_range" => QueryRange(request),
                "series" => Response.Json(Answers.Series(Matching(request, "match[]").DistinctBy(static line => line.Stream).Select(static line => line.Labels))),
                "labels" => Response.Json(Answers.Names(Store.Lines.SelectMany(static line => line.Labels.Keys).Distinct().Order())),
                "push" => PushReader.Store(request, Store),
                "ready" => Response.Text(200, "ready\n"),
                var path when path.Split('/') is ["label", var name, "values"] => Response.Json(Answers.Names(
                    Store.Lines.Select(line => line.Labels.GetValueOrDefault(name)).OfType<string>().Distinct().Order())),
                _ => Response.Text(404, "404 page not found\n"),
            };
        }
        catch (FormatException exception)
        {
            return Response.Text(400, exception.Message);
        }
    }

    private Response QueryRange(Request request)
    {
        var limit = (int)Number(request, "limit", 100);
        if (limit > MaxEntries)
        {
            return Response.Text(400, $"max entries limit per query exceeded, limit > max_entries_limit_per_query ({limit} > {MaxEntries})");
        }

        var lines = Store.Query(
            LogQuery.Parse(request.Parameters.GetValueOrDefault("query", "")),
            Number(request, "start", long.MinValue),
            Number(request, "end", long.MaxValue),
            limit,
            request.Parameters.GetValueOrDefault("direction") != "forward");
        return Response.Json(Answers.Streams(lines, IsCategorized(request)));
    }

    private List<StoredLine> Matching(Request request, string parameter) => Store.Query(
        LogQuery.Parse(request.Parameters.GetValueOrDefault(parameter, "")),
        Number(request, "start", long.MinValue),
        Number(request, "end", long.MaxValue),
        int.MaxValue,
        backward: false);

    private async Task TailAsync(HttpConnection connection, Request request)
    {
        LogQuery query;
        try
        {
            query = LogQuery.Parse(request.Parameters.GetValueOrDefault("query", ""));
        }
        catch (FormatException exception)
        {
            await connection.WriteAsync(Response.Text(400, exception.Message), _stop.Token);
            return;
        }

        if (!request.Headers.TryGetValue("Sec-WebSocket-Key", out var key))
        {
            await connection.WriteAsync(Response.Text(400, "Bad Request"), _stop.Token);
            return;
        }

        // The constant and the hash are those of RFC 6455.
#pragma warning disable CA5350
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        await connection.Stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nDate: {DateTime.UtcNow:R}\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"),
            _stop.Token);
        using var socket = WebSocket.CreateFromStream(connection.Stream, new WebSocketCreationOptions { IsServer = true });
        using var session = new TailSession(this, connection, query, IsCategorized(request));
        if (OpenTails >= MaxTails)
        {
            await socket.CloseOutputAsync(
                WebSocketCloseStatus.InternalServerError,
                $"max concurrent tail requests limit exceeded, count > limit ({OpenTails + 1} > {MaxTails})",
                _stop.Token);
            return;
        }

        _tails[session] = true;
        Interlocked.Increment(ref _tailsOpened);
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var watching = WatchAsync(socket, closed);
        try
        {
            await session.RunAsync(socket, Number(request, "start", long.MinValue), (int)Number(request, "limit", 100), closed.Token);
        }
        finally
        {
            _tails.TryRemove(session, out _);
            await closed.CancelAsync();
            await watching;
        }
    }

    /// <summary>Reads what the client sends, only to notice that it has gone.</summary>
    private static async Task WatchAsync(WebSocket socket, CancellationTokenSource closed)
    {
        try
        {
            var buffer = new byte[1024];
            while ((await socket.ReceiveAsync(buffer.AsMemory(), closed.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Gone without a word.
        }

        await closed.CancelAsync();
    }

    private bool IsCategorized(Request request) => KnowsCategories && request.Headers.ContainsKey("X-Loki-Response-Encoding-Flags");

    private static long Number(Request request, string name, long otherwise) =>
        !request.Parameters.TryGetValue(name, out var text) ? otherwise
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
        : throw new FormatException($"could not parse '{name}' parameter: strconv.ParseInt: parsing \"{text}\": invalid syntax");
}
