using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using System.Threading.Channels;
using Flatnet.Loki.Http;
using Flatnet.Loki.Reading;

namespace Flatnet.Loki.Following;

/// <summary>
/// An open tail. Its frames are read as fast as they come, because Loki throws lines away for a slow reader; they wait here,
/// in bounded memory.
/// </summary>
internal sealed class TailConnection : IAsyncDisposable
{
    /// <summary>Stands in the queue where frames were left out for want of memory.</summary>
    public static readonly byte[] Loss = [];

    private const int LargestFrame = 64 * 1024 * 1024;

    private readonly ClientWebSocket _socket;
    private readonly int _capacity;
    private readonly Channel<byte[]> _frames = Channel.CreateUnbounded<byte[]>(new() { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;
    private int _waiting;

    private TailConnection(ClientWebSocket socket, int capacity)
    {
        _socket = socket;
        _capacity = capacity;
        _reading = ReadFramesAsync();
    }

    /// <summary>Loki's clock when it accepted the connection, in nanoseconds; null where it did not say.</summary>
    public long? ServerTime { get; private init; }

    /// <summary>How it ended; valid once <see cref="WaitAsync"/> has returned false.</summary>
    public TailEnd End { get; private set; }

    /// <summary>Why it ended, for a person.</summary>
    public string Reason { get; private set; } = "the connection broke";

    /// <exception cref="TailRefusedException">There is no tail.</exception>
    public static async Task<TailConnection> OpenAsync(
        LokiHttp http, LokiOptions options, string query, long start, CancellationToken cancellation)
    {
        if (TenantName.IsSeveral(options.Tenant))
        {
            throw new TailRefusedException("Loki tails one tenant at a time", isFinal: true);
        }

        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(10);
        socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(10);
        socket.Options.SetRequestHeader(EncodingFlags.Header, EncodingFlags.CategorizeLabels);
        foreach (var (name, value) in http.Headers())
        {
            socket.Options.SetRequestHeader(name, value);
        }

        var address = new UriBuilder(http.Address("/loki/api/v1/tail"))
        {
            Query = $"query={Uri.EscapeDataString(query)}&start={start}&limit={LokiPace.MaximumPage}",
        };
        address.Scheme = address.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.Timeout);
        using var invoker = new HttpMessageInvoker(http.Handler, disposeHandler: false);
        try
        {
            await socket.ConnectAsync(address.Uri, invoker, limit.Token).ConfigureAwait(false);
            return new TailConnection(socket, options.Pace.QueueBytes) { ServerTime = Date(socket) };
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            socket.Dispose();
            throw new TailRefusedException("it did not answer", isFinal: false, exception);
        }
        catch (WebSocketException exception)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            throw status == 0
                ? new TailRefusedException(exception.InnerException?.Message ?? exception.Message, isFinal: false, exception)
                : new TailRefusedException($"it answered {(int)status}", IsFinal(status), exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Waits for a frame, but not longer than this; false when the tail has ended and nothing is left.</summary>
    public async Task<bool> WaitAsync(TimeSpan longest, CancellationToken cancellation)
    {
        var ready = _frames.Reader.WaitToReadAsync(cancellation);
        if (ready.IsCompleted)
        {
            return await ready.ConfigureAwait(false);
        }

        var waiting = ready.AsTask();
        try
        {
            return await waiting.WaitAsync(longest, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return true;
        }
    }

    /// <summary>The next waiting frame, or <see cref="Loss"/>.</summary>
    public bool TryRead(out byte[] frame)
    {
        if (!_frames.Reader.TryRead(out frame!))
        {
            return false;
        }

        Interlocked.Add(ref _waiting, -frame.Length);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // Said politely, Loki does not write an error into its log.
            _stop.CancelAfter(TimeSpan.FromSeconds(1));
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
        {
            // It is gone already, which is as good.
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ReadFramesAsync()
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        var isLosing = false;
        try
        {
            while (true)
            {
                buffer.ResetWrittenCount();
                ValueWebSocketReceiveResult result;
                do
                {
                    result = await _socket.ReceiveAsync(buffer.GetMemory(16 * 1024), _stop.Token).ConfigureAwait(false);
                    buffer.Advance(result.Count);
                }
                while (!result.EndOfMessage && buffer.WrittenCount <= LargestFrame);

                if (!result.EndOfMessage)
                {
                    Reason = "Loki sent a message without end";
                    break;
                }

                if (result.MessageType == WebSocketMessageType.Close)
                {
                    Ended(_socket.CloseStatusDescription);
                    break;
                }

                if (Volatile.Read(ref _waiting) + buffer.WrittenCount > _capacity)
                {
                    if (!isLosing)
                    {
                        isLosing = true;
                        _frames.Writer.TryWrite(Loss);
                    }

                    continue;
                }

                isLosing = false;
                Interlocked.Add(ref _waiting, buffer.WrittenCount);
                _frames.Writer.TryWrite(buffer.WrittenSpan.ToArray());
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
        {
            // Broken, which is what End says to begin with.
        }
        finally
        {
            _frames.Writer.Complete();
        }
    }

    private void Ended(string? reason)
    {
        Reason = reason is { Length: > 0 } ? reason : "Loki closed the connection";
        End = Reason.Contains("tail max duration", StringComparison.OrdinalIgnoreCase) ? TailEnd.LastedLongEnough
            : Reason.Contains("max concurrent tail requests", StringComparison.OrdinalIgnoreCase) ? TailEnd.TooMany
            : TailEnd.Broken;
    }

    /// <summary>A server that is starting or busy may accept the next attempt; one that does not know tails will not.</summary>
    private static bool IsFinal(HttpStatusCode status) => status < HttpStatusCode.InternalServerError && status != HttpStatusCode.TooManyRequests;

    private static long? Date(ClientWebSocket socket) =>
        socket.HttpResponseHeaders?.TryGetValue("Date", out var values) == true
            && DateTimeOffset.TryParse(values.FirstOrDefault(), System.Globalization.CultureInfo.InvariantCulture, out var date)
                ? NanosecondClock.From(date)
                : null;
}
