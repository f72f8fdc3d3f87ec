using Flatnet.Agent.Configuration;
using Flatnet.Agent.Spool;
using Flatnet.Agent.Telemetry;
using Flatnet.Agent.Transport.Http;
using Flatnet.Agent.Transport.Socket;
using Microsoft.Extensions.Logging;

namespace Flatnet.Agent.Transport;

/// <summary>
/// Brings one stream to the server, however long it takes: over a WebSocket, and over REST while there has been none for a minute.
/// Nothing leaves the spool before the server said that it is durable.
/// </summary>
internal sealed partial class Sender
{
    private readonly ServerLink _server;
    private readonly SenderContext _context;
    private readonly TransportPace _pace;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RestSession _rest;
    private readonly Backoff _backoff;
    private readonly Wake _pause;
    private readonly int? _mostFailures;
    private SocketSession? _session;
    private long _lastSocket;
    private string? _lastTold;

    public Sender(ServerLink server, SenderContext context, SocketOptions options, ILogger logger)
    {
        _server = server;
        _context = context;
        _pace = context.Pace;
        _time = context.Time;
        _logger = logger;
        _rest = new RestSession(server.Api, context, logger);
        _backoff = new Backoff(options.ReconnectInterval ?? _pace.FirstPause, _pace.LongestPause, Random.Shared);
        _pause = new Wake(_time);
        _mostFailures = options.MaxReconnectAttempts;
        _lastSocket = _time.GetTimestamp();
    }

    public SpoolStream Stream => _context.Stream;

    /// <summary>How long the oldest frame has been waiting for its acknowledgement.</summary>
    public TimeSpan AckLag => Volatile.Read(ref _session)?.Lag ?? TimeSpan.Zero;

    private bool IsSocketGivenUp => _mostFailures is { } most && _backoff.Failures > most;

    /// <summary>The task stands like this now. Its end the stream knows itself.</summary>
    public void Say(TaskReport state) => _context.Say(state);

    /// <summary>The task has ended, and somebody waits: a pause before the next connection ends, and further ones are short again.</summary>
    public void Hurry()
    {
        _backoff.Reset();
        _pause.Set();
    }

    /// <summary>Sends until the stream is complete and delivered, and removes it.</summary>
    /// <exception cref="IOException">The spool cannot be read.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!await SendAsync(cancellation).ConfigureAwait(false))
        {
            cancellation.ThrowIfCancellationRequested();
        }

        Stream.Remove();
        LogDelivered(Stream.TaskId, Stream.StreamId, Stream.LastSequence);
    }

    // One connection to its end, and the pause before the next, which REST may fill. True when everything is delivered.
    private async Task<bool> SendAsync(CancellationToken cancellation)
    {
        if (IsSocketGivenUp)
        {
            return await PostAsync(_pace.LongestPause, cancellation).ConfigureAwait(false);
        }

        long acknowledged = Stream.Acknowledged;
        try
        {
            await ConnectAsync(cancellation).ConfigureAwait(false);
            return true;
        }
        catch (ServerException error)
        {
            int lines = _session?.LargestFrame ?? 0;
            if (error.Refusal == Refusal.Unreachable && Stream.Acknowledged == acknowledged && lines > _context.Limit.Lines / 2)
            {
                // Perhaps no connection lasts as long as a large frame takes.
                _context.Limit.TryHalve(lines);
            }

            Tell(error);
            _context.Metrics.CountError(AgentError.Socket);
            _context.Metrics.CountReconnect();
            bool isForRest = error.Refusal == Refusal.Invalid || (error.Refusal == Refusal.TooLarge && !_context.Limit.TryHalve(lines));
            TimeSpan pause = PauseAfter(error);
            if (isForRest || IsSocketGivenUp || _time.GetElapsedTime(_lastSocket) >= _pace.RestAfter)
            {
                return await PostAsync(pause, cancellation).ConfigureAwait(false);
            }

            // What the server asks for is kept to.
            await (error.RetryAfter is null ? _pause.WaitAsync(pause, cancellation) : Task.Delay(pause, _time, cancellation)).ConfigureAwait(false);
            return false;
        }
        finally
        {
            Volatile.Write(ref _session, null);
        }
    }

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        using SocketLink link = await _server.ConnectAsync(Stream.TaskId, cancellation).ConfigureAwait(false);
        var session = new SocketSession(link, _context, Connected);
        Volatile.Write(ref _session, session);
        long acknowledged = Stream.Acknowledged;
        try
        {
            await session.RunAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            if (session.IsResumed)
            {
                _lastSocket = _time.GetTimestamp();
                _context.Metrics.Disconnected();
            }

            // A server that accepts and then fails each time is not to be asked each second.
            if (Stream.Acknowledged > acknowledged)
            {
                _backoff.Reset();
            }
        }
    }

    private void Connected(Uri address, long acknowledged)
    {
        _lastTold = null;
        _context.Metrics.Connected();
        LogConnected(address, Stream.StreamId, acknowledged, Stream.LastSequence);
        if (acknowledged < Stream.Acknowledged)
        {
            LogForgotten(acknowledged + 1, Stream.Acknowledged, Stream.StreamId);
        }
    }

    private async Task<bool> PostAsync(TimeSpan pause, CancellationToken cancellation)
    {
        long began = _time.GetTimestamp();
        try
        {
            return await _rest.RunAsync(pause, cancellation).ConfigureAwait(false);
        }
        catch (ServerException error)
        {
            Tell(error);
            _context.Metrics.CountError(AgentError.Api);
            TimeSpan left = pause - _time.GetElapsedTime(began);
            TimeSpan asked = PauseAfter(error);
            await Task.Delay(left > asked ? left : asked, _time, cancellation).ConfigureAwait(false);
            return false;
        }
    }

    private TimeSpan PauseAfter(ServerException error) => error.Refusal switch
    {
        Refusal.Unauthorized => _server.Credential.Reload() ? TimeSpan.Zero : _pace.RefusedPause,
        Refusal.Forbidden => _pace.RefusedPause,
        // At once: in smaller parts, or over REST.
        Refusal.TooLarge or Refusal.Invalid => TimeSpan.Zero,
        _ => error.RetryAfter ?? _backoff.Next(),
    };

    // The same trouble over and over is told once.
    private void Tell(ServerException error)
    {
        if (error.Message == _lastTold)
        {
            LogStill(error.Message);
            return;
        }

        _lastTold = error.Message;
        switch (error.Refusal)
        {
            case Refusal.Unauthorized:
                LogUnauthorized(error.Message);
                break;
            case Refusal.Forbidden:
                LogForbidden(error.Message, Stream.TaskId);
                break;
            case Refusal.NotFound:
                LogNotFound(error.Message, Stream.TaskId);
                break;
            default:
                LogUnreachable(error.Message);
                break;
        }
    }
}
