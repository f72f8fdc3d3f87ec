using System.Text.Json;
using Flatnet.Agent.Spool;
using Flatnet.Logs.Times;
using Flatnet.Logs.Wire;

namespace Flatnet.Agent.Transport.Socket;

/// <summary>
/// One connection, from <c>resume</c> to its end. Four loops share it: one sends, and only that one; one receives; one watches that the
/// server still speaks; one hears when the spool has more.
/// </summary>
internal sealed class SocketSession
{
    private readonly SocketLink _link;
    private readonly SenderContext _context;
    private readonly Action<Uri, long> _connected;
    private readonly Outbox _outbox;
    private readonly InFlight _inFlight;
    private readonly Wake _wake;
    private readonly TaskCompletionSource<long> _resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private long _heard;
    private int _largestFrame;

    /// <param name="link">The connection.</param>
    /// <param name="context">What to send.</param>
    /// <param name="connected">Told once the server has said how far it has the stream.</param>
    public SocketSession(SocketLink link, SenderContext context, Action<Uri, long> connected)
    {
        _link = link;
        _connected = connected;
        _context = context;
        _time = context.Time;
        _wake = context.Wake;
        _inFlight = new InFlight(context);
        _outbox = new Outbox(context, _inFlight);
        _heard = _time.GetTimestamp();
    }

    /// <summary>The lines of the largest frame that is not acknowledged.</summary>
    public int LargestFrame => _largestFrame;

    /// <summary>How long the oldest frame has been waiting for its acknowledgement.</summary>
    public TimeSpan Lag => _inFlight.Lag;

    /// <summary>The server has said how far it has the stream.</summary>
    public bool IsResumed { get; private set; }

    /// <summary>Sends until everything is delivered, the task's end included.</summary>
    /// <exception cref="ServerException">The connection ended before that.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task sending = SendAsync(stop.Token);
        Task receiving = ReceiveAsync(stop.Token);
        Task[] loops = [sending, receiving, WatchAsync(stop.Token), ListenAsync(stop.Token)];
        try
        {
            Task first = await Task.WhenAny(loops).ConfigureAwait(false);
            if (first == sending && sending.IsFaulted)
            {
                // The sender sees a broken pipe; why the server closed it, the receiver is about to read.
                await Task.WhenAny(receiving, Task.Delay(TimeSpan.FromSeconds(1), _time, cancellation)).ConfigureAwait(false);
                first = receiving.IsFaulted ? receiving : sending;
            }

            await first.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _largestFrame = _inFlight.LargestFrame;
            _inFlight.Clear();
        }
    }

    private async Task SendAsync(CancellationToken cancellation)
    {
        await SendAsync(JsonSerializer.SerializeToUtf8Bytes(new ResumeMessage(_context.Stream.StreamId), WireJson.Default.ResumeMessage), cancellation).ConfigureAwait(false);
        long acknowledged = await ResumedAsync(cancellation).ConfigureAwait(false);
        IsResumed = true;
        _connected(_link.Address, acknowledged);
        _outbox.Begin(acknowledged);
        while (!_outbox.IsDelivered)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_outbox.NextMessage() is { } message)
            {
                await SendAsync(message, cancellation).ConfigureAwait(false);
            }
            else if (_outbox.MaySendLines(out TimeSpan wait))
            {
                await SendLinesAsync(cancellation).ConfigureAwait(false);
            }
            else
            {
                await _wake.WaitAsync(wait, cancellation).ConfigureAwait(false);
            }
        }

        await _link.CloseAsync(_time).ConfigureAwait(false);
    }

    private async Task SendLinesAsync(CancellationToken cancellation)
    {
        using SpoolBatch? batch = await _outbox.ReadAsync(cancellation).ConfigureAwait(false);
        if (batch is not null)
        {
            await SendAsync(_outbox.Frame(batch), cancellation).ConfigureAwait(false);
        }
    }

    private async Task<long> ResumedAsync(CancellationToken cancellation)
    {
        try
        {
            return await _resumed.Task.WaitAsync(_context.Pace.Answer, _time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException error)
        {
            throw new ServerException(Refusal.Unreachable, $"{_link.Address}: no answer to 'resume' within {_context.Pace.Answer.TotalSeconds:0.#} s.", error);
        }
    }

    private ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation) => _link.SendAsync(message, cancellation);

    // Not a limit on each receive: the sender may hang on a server that does not read, and must be ended as well.
    private async Task WatchAsync(CancellationToken cancellation)
    {
        TimeSpan silence = _context.Pace.Silence;
        while (true)
        {
            TimeSpan left = silence - _time.GetElapsedTime(Interlocked.Read(ref _heard));
            if (left <= TimeSpan.Zero)
            {
                throw new ServerException(Refusal.Unreachable, $"{_link.Address}: the server said nothing for {silence.TotalSeconds:0.#} s.");
            }

            await Task.Delay(left, _time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task ListenAsync(CancellationToken cancellation)
    {
        SpoolStream stream = _context.Stream;
        while (!stream.IsComplete)
        {
            await stream.WaitAsync(stream.LastSequence, cancellation).ConfigureAwait(false);
            _wake.Set();
        }

        // Nothing more to hear; the other loops say when it is over.
        await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellation).ConfigureAwait(false);
    }

    private async Task ReceiveAsync(CancellationToken cancellation)
    {
        while (true)
        {
            ReadOnlyMemory<byte> message = await _link.ReceiveAsync(cancellation).ConfigureAwait(false);
            Interlocked.Exchange(ref _heard, _time.GetTimestamp());
            try
            {
                Handle(message.Span);
            }
            catch (JsonException error)
            {
                throw new ServerException(Refusal.Unreachable, $"{_link.Address}: the server sent what is no message: {error.Message}", error);
            }

            _wake.Set();
        }
    }

    private void Handle(ReadOnlySpan<byte> message)
    {
        switch (WireJson.TypeOf(message))
        {
            case AckMessage.Name:
                Acknowledged(JsonSerializer.Deserialize(message, WireJson.Default.AckMessage)!);
                break;
            case PingMessage.Name or "heartbeat":
                _outbox.Answer(JsonSerializer.Deserialize(message, WireJson.Default.PingMessage)!);
                break;
            case PongMessage.Name:
                _outbox.Answered(JsonSerializer.Deserialize(message, WireJson.Default.PongMessage)!);
                break;
            case ThrottleMessage.Name:
                _context.Throttle(TimeSpan.FromMilliseconds(JsonSerializer.Deserialize(message, WireJson.Default.ThrottleMessage)!.RetryAfterMs));
                break;
            case ConfigMessage.Name:
                _context.ChangeLevel(JsonSerializer.Deserialize(message, WireJson.Default.ConfigMessage)!.Level);
                break;
            case ErrorMessage.Name:
                throw SocketError.Explain(_link.Address, JsonSerializer.Deserialize(message, WireJson.Default.ErrorMessage)!);
        }
    }

    private void Acknowledged(AckMessage ack)
    {
        if (ack.StreamId != _context.Stream.StreamId)
        {
            return;
        }

        _inFlight.Acknowledge(ack.Sequence, Rfc3339.Now(_time));
        _context.Acknowledge(ack.Sequence);
        _resumed.TrySetResult(ack.Sequence);
    }
}
