using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Flatnet.Logs.Times;
using Flatnet.Logs.Wire;
using Flatnet.Server.Auth;
using Flatnet.Server.Errors;
using Flatnet.Server.Limits;

namespace Flatnet.Server.Sockets;

/// <summary>One WebSocket, from its upgrade to its end. It reads one message at a time; the sweep watches its times from outside.</summary>
internal sealed partial class SocketConnection
{
    /// <summary>Messages in a minute that make no sense.</summary>
    private const int MostMistakes = 100;

    /// <summary>RFC 6455, section 5.5: a close has 125 bytes, two of them for the code.</summary>
    private const int MaxReason = 123;

    private readonly WebSocket _socket;
    private readonly HttpContext _http;
    private readonly SocketContext _context;
    private readonly SocketSender _sender;
    private readonly MessageReader _reader;
    private readonly MessageHandler _handler;
    private readonly long _opened;
    private TokenBucket? _mistakes;
    private Principal? _principal;
    private long _heard;
    private long _asked;
    private long _closing;
    private volatile bool _isReading;

    /// <param name="socket">The WebSocket.</param>
    /// <param name="http">The request that was upgraded.</param>
    /// <param name="route">What its address named.</param>
    /// <param name="context">What all connections use.</param>
    public SocketConnection(WebSocket socket, HttpContext http, SocketRoute route, SocketContext context)
    {
        (_socket, _http, _context) = (socket, http, context);
        _opened = _heard = _asked = context.Time.GetTimestamp();
        _sender = new SocketSender(socket, context.Time);
        _reader = new MessageReader(socket, context.Options.MaxMessageBytes);
        _handler = new MessageHandler(this, route, context);
    }

    /// <summary>Who asks; null before the credential.</summary>
    public Principal? Principal => _principal;

    /// <summary>Names the connection in the log and in errors.</summary>
    public string Id => _http.TraceIdentifier;

    /// <summary>Where it comes from.</summary>
    public string Address => LimitExtensions.AddressOf(_http);

    /// <summary>The task whose lines an agent sends here; null for any other connection.</summary>
    public string? AgentTask => _handler.AgentTask;

    /// <summary>Set when the other side is gone.</summary>
    public CancellationToken Gone => _http.RequestAborted;

    /// <summary>Nothing more is served.</summary>
    public bool IsClosing => Volatile.Read(ref _closing) != 0;

    /// <summary>Takes the connection over for an asker.</summary>
    /// <exception cref="ApiException">That one has too many connections.</exception>
    public void Accept(Principal principal)
    {
        if (!_context.Registry.Assign(_principal, principal))
        {
            throw TooMany("There are too many connections with this token. Close one, or try again later.");
        }

        _principal = principal;
    }

    /// <summary>Serves the connection to its end.</summary>
    /// <param name="principal">Who asks; null for nobody yet.</param>
    /// <param name="hasRoom">Whether the server has room for it.</param>
    public async Task RunAsync(Principal? principal, bool hasRoom)
    {
        try
        {
            if (!hasRoom)
            {
                throw TooMany("The server has too many connections. Try again later.");
            }

            if (principal is not null)
            {
                Accept(principal);
                _handler.Begin();
            }

            while (await ReadAsync().ConfigureAwait(false) is { } message && !IsClosing)
            {
                await HandleAsync(message).ConfigureAwait(false);
                _reader.Release();
            }
        }
        catch (ApiException exception)
        {
            await RefuseAsync(exception).ConfigureAwait(false);
        }
        catch (Exception exception) when (SocketSender.IsBroken(exception))
        {
            LogBroken(_context.Logger, Id, exception.Message);
        }

        await EndAsync().ConfigureAwait(false);
    }

    /// <summary>Sends a message; false once the connection is closed.</summary>
    public ValueTask<bool> SendAsync<T>(T message, JsonTypeInfo<T> type) => SendAsync(JsonSerializer.SerializeToUtf8Bytes(message, type));

    public ValueTask<bool> SendAsync(ReadOnlyMemory<byte> message) => _sender.SendAsync(message);

    /// <summary>Tells what went wrong, and closes if that is what it means.</summary>
    public void Refuse(Exception exception) => _ = RefuseAsync(exception);

    /// <summary>Closes; the first reason counts.</summary>
    public void Close(int code, string reason) => _ = CloseAsync(code, reason, error: null);

    /// <summary>Looks at the times. Called by the sweep, for thousands of connections in a row: nothing here waits.</summary>
    public void Tick(ReadOnlyMemory<byte> ping)
    {
        SocketOptions options = _context.Options;
        if (Volatile.Read(ref _closing) is not 0 and var closing)
        {
            if (Since(closing) > options.CloseTimeout)
            {
                _http.Abort();
            }
        }
        else if (_principal is null && Since(_opened) > options.AuthTimeout)
        {
            Refuse(new ApiException(401, ErrorCode.Unauthorized, $"No credential came within {options.AuthTimeout.TotalSeconds:0.#} s. Send {{\"type\":\"auth\",\"token\":…}} first."));
        }
        else if (_principal?.ExpiresAt <= _context.Time.GetUtcNow())
        {
            Refuse(new ApiException(401, ErrorCode.Unauthorized, "The token has expired. Renew it with an 'auth' message in time."));
        }
        else if (_sender.BusyFor > options.SlowLimit || _handler.BehindFor > options.SlowLimit)
        {
            Close(CloseCode.TooSlow, "too slow");
        }
        else if (_isReading && Since(Volatile.Read(ref _heard)) > options.SilenceLimit)
        {
            Close(CloseCode.Shutdown, "silent for too long");
        }
        else if (_principal is not null && Since(_asked) >= options.PingInterval)
        {
            _asked = _context.Time.GetTimestamp();
            _sender.SendIfIdle(ping);
        }
    }

    private static ApiException TooMany(string message) => new(503, ErrorCode.WebSocketConnectionFailed, message);

    private TimeSpan Since(long timestamp) => _context.Time.GetElapsedTime(timestamp);

    /// <summary>The other side is silent only while we listen.</summary>
    private async ValueTask<ReadOnlyMemory<byte>?> ReadAsync()
    {
        Volatile.Write(ref _heard, _context.Time.GetTimestamp());
        _isReading = true;
        ReadOnlyMemory<byte>? message = await _reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        _isReading = false;
        return message;
    }

    private async ValueTask HandleAsync(ReadOnlyMemory<byte> message)
    {
        try
        {
            await _handler.HandleAsync(message, _reader.Type).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The next read says so.
        }
#pragma warning disable CA1031 // One message's trouble is its own.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await RefuseAsync(exception).ConfigureAwait(false);
        }
    }

    private async Task RefuseAsync(Exception exception)
    {
        SocketRefusal refusal = SocketRefusal.Of(exception);
        if (refusal.CloseCode == CloseCode.Internal)
        {
            LogFailed(_context.Logger, Id, exception);
        }
        else if (refusal.CloseCode is null && Mistakes().Charge(1) > TimeSpan.Zero)
        {
            refusal = new(ErrorCode.RateLimitExceeded, "Too many messages that make no sense.", CloseCode.RateLimited);
        }

        var error = new ErrorMessage(
            refusal.Code,
            refusal.Message,
            Rfc3339.Format(Rfc3339.Now(_context.Time)),
            refusal.RetryAfter is not null,
            (int?)refusal.RetryAfter?.TotalMilliseconds,
            Id);
        if (refusal.CloseCode is { } code)
        {
            await CloseAsync(code, refusal.Message, error).ConfigureAwait(false);
        }
        else
        {
            await SendAsync(error, WireJson.Default.ErrorMessage).ConfigureAwait(false);
        }
    }

    private async Task CloseAsync(int code, string reason, ErrorMessage? error)
    {
        if (!BeginClosing())
        {
            return;
        }

        SocketMetrics.Closed.Add(1, new KeyValuePair<string, object?>("code", code));
        LogClosed(_context.Logger, Id, code, reason);
        _handler.StopFeed();
        if (error is not null)
        {
            await SendAsync(error, WireJson.Default.ErrorMessage).ConfigureAwait(false);
        }

        await _sender.CloseAsync(code, reason.Length <= MaxReason ? reason : reason[..MaxReason]).ConfigureAwait(false);
    }

    // Most connections make none.
    private TokenBucket Mistakes() => LazyInitializer.EnsureInitialized(ref _mistakes, () => new TokenBucket(Rate.PerMinute(MostMistakes), _context.Time));

    private bool BeginClosing() => Interlocked.CompareExchange(ref _closing, _context.Time.GetTimestamp(), 0) == 0;

    /// <summary>Finishes what was begun, and answers the other side's close or waits for it.</summary>
    private async Task EndAsync()
    {
        bool isOurs = !BeginClosing();
        await _handler.StopAsync().ConfigureAwait(false);
        try
        {
            if (isOurs)
            {
                await _reader.DrainAsync(Gone).ConfigureAwait(false);
            }
            else if (_socket.State == WebSocketState.CloseReceived)
            {
                await _sender.CloseAsync((int)WebSocketCloseStatus.NormalClosure, "").ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (SocketSender.IsBroken(exception))
        {
            LogBroken(_context.Logger, Id, exception.Message);
        }
        finally
        {
            _reader.Release();
            _context.Registry.Remove(this, _principal);
        }
    }
}
