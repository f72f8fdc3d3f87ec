using System.Text.Json;
using Flatnet.Agent.Spool;
using Flatnet.Logs.Times;
using Flatnet.Logs.Wire;

namespace Flatnet.Agent.Transport.Socket;

/// <summary>What a connection has to send, and when. Used by the sending loop, but for <see cref="Answer"/> and <see cref="Answered"/>.</summary>
internal sealed class Outbox
{
    /// <summary>A server may ask faster than we answer; only the last questions matter.</summary>
    private const int MostPongs = 16;

    private readonly SenderContext _context;
    private readonly InFlight _inFlight;
    private readonly TimeProvider _time;
    private readonly LineBody _body;
    private readonly Queue<PingMessage> _pings = new();
    private long _sent;
    private long _lastFrame;
    private long _lastPing;
    private TaskReport? _reported;
    private string? _question;
    private volatile bool _isAnswered;

    public Outbox(SenderContext context, InFlight inFlight)
    {
        _context = context;
        _inFlight = inFlight;
        _time = context.Time;
        _body = new LineBody(context.Stream.StreamId);
        _lastPing = _lastFrame = _time.GetTimestamp();
    }

    /// <summary>Every line is acknowledged, and the server has read the task's end.</summary>
    public bool IsDelivered => _isAnswered;

    /// <summary>The server has the stream up to here.</summary>
    public void Begin(long acknowledged) => _sent = Math.Max(acknowledged, _context.Stream.Acknowledged);

    /// <summary>The server asks whether we are there.</summary>
    public void Answer(PingMessage ping)
    {
        lock (_pings)
        {
            if (_pings.Count == MostPongs)
            {
                _pings.Dequeue();
            }

            _pings.Enqueue(ping);
        }
    }

    /// <summary>The server answered. What was sent before the question it has read too.</summary>
    public void Answered(PongMessage pong)
    {
        if (Volatile.Read(ref _question) is { } question && pong.Timestamp == question)
        {
            _isAnswered = true;
        }
    }

    /// <summary>A message that is due now and holds no lines; null for none.</summary>
    /// <exception cref="ServerException">The server does not answer.</exception>
    public ReadOnlyMemory<byte>? NextMessage()
    {
        lock (_pings)
        {
            if (_pings.TryDequeue(out PingMessage? ping))
            {
                return JsonSerializer.SerializeToUtf8Bytes(new PongMessage(ping.Timestamp), WireJson.Default.PongMessage);
            }
        }

        if (_question is null && _time.GetElapsedTime(_lastPing) >= _context.Heartbeat)
        {
            return Ping(out _);
        }

        return NextReport();
    }

    /// <summary>Whether a frame is to be sent now.</summary>
    /// <param name="wait">If not, how long until something may be different, unless there is a wake before.</param>
    public bool MaySendLines(out TimeSpan wait)
    {
        wait = (_question is null ? _context.Heartbeat : _context.Pace.Answer) - _time.GetElapsedTime(_lastPing);
        wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
        SpoolStream stream = _context.Stream;
        long waiting = stream.LastSequence - Math.Max(_sent, stream.Acknowledged);
        if (waiting <= 0 || _inFlight.Bytes >= _context.Pace.InFlightBytes)
        {
            return false;
        }

        TimeSpan pause = _context.PauseBeforeFrame();
        if (pause == TimeSpan.Zero && waiting < _context.BatchSize && !_inFlight.IsEmpty && !stream.IsComplete)
        {
            pause = _context.FlushInterval - _time.GetElapsedTime(_lastFrame);
        }

        wait = pause < wait ? pause : wait;
        return pause <= TimeSpan.Zero;
    }

    public ValueTask<SpoolBatch?> ReadAsync(CancellationToken cancellation) =>
        _context.Stream.ReadAsync(Math.Max(_sent, _context.Stream.Acknowledged), _context.Limit.Lines, _context.Limit.Bytes, cancellation);

    /// <summary>The lines as a message, which counts as sent.</summary>
    public ReadOnlyMemory<byte> Frame(SpoolBatch batch)
    {
        ReadOnlyMemory<byte> message = _body.Frame(batch);
        _lastFrame = _time.GetTimestamp();
        _sent = batch.LastSequence;
        _inFlight.Add(new Frame(batch.LastSequence, batch.Lines.Count, message.Length, LineStamp.Of(batch.Lines[0]), _lastFrame));
        _context.FrameSent(batch.Lines.Count);
        return message;
    }

    // The end goes behind the last acknowledged line; a ping behind it, and its pong says that it was read.
    private ReadOnlyMemory<byte>? NextReport()
    {
        bool isOver = _context.IsAllAcknowledged;
        if (_context.Report is { } report && report != _reported && (isOver || !report.IsEnd))
        {
            _reported = report;
            return JsonSerializer.SerializeToUtf8Bytes(new StatusMessage(report.Status, report.ExitCode, _context.Stream.StreamId), WireJson.Default.StatusMessage);
        }

        if (!isOver)
        {
            return null;
        }

        if (_question is null)
        {
            ReadOnlyMemory<byte> ping = Ping(out string timestamp);
            Volatile.Write(ref _question, timestamp);
            return ping;
        }

        return _time.GetElapsedTime(_lastPing) < _context.Pace.Answer ? null
            : throw new ServerException(Refusal.Unreachable, $"The server did not answer behind the end of task {_context.Stream.TaskId}.");
    }

    private ReadOnlyMemory<byte> Ping(out string timestamp)
    {
        timestamp = Rfc3339.Format(Rfc3339.Now(_time));
        _lastPing = _time.GetTimestamp();
        return JsonSerializer.SerializeToUtf8Bytes(new PingMessage(timestamp), WireJson.Default.PingMessage);
    }
}
