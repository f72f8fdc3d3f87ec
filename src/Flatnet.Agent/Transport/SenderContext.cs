using Flatnet.Agent.Configuration;
using Flatnet.Agent.Spool;
using Flatnet.Agent.Telemetry;
using Flatnet.Logs;

namespace Flatnet.Agent.Transport;

/// <summary>What all connections of one stream share, whichever transport they are.</summary>
internal sealed class SenderContext
{
    /// <summary>Below the server's limit of frames (10,000 a minute): when there are more, they become fuller.</summary>
    private const double FramesPerSecond = 150;

    private const double FrameBurst = 300;

    private readonly StreamingOptions _streaming;
    private readonly Pace _lines;
    private readonly Pace _frames;
    private readonly Action<LogLevel> _levelChanged;
    private long _throttledUntil;
    private TaskReport? _state;

    public SenderContext(SpoolStream stream, AgentOptions options, TransportPace pace, AgentMetrics metrics, TimeProvider time, Action<LogLevel> levelChanged)
    {
        Stream = stream;
        Pace = pace;
        Metrics = metrics;
        Time = time;
        Wake = new Wake(time);
        Limit = new BatchLimit(pace);
        Heartbeat = options.Socket.HeartbeatInterval;
        _streaming = options.Streaming;
        _lines = new Pace(_streaming.RateLimitPerSecond, _streaming.RateLimitPerSecond * 10.0, time);
        _frames = new Pace(FramesPerSecond, FrameBurst, time);
        _levelChanged = levelChanged;
        _throttledUntil = time.GetTimestamp();
    }

    public SpoolStream Stream { get; }

    public TransportPace Pace { get; }

    public AgentMetrics Metrics { get; }

    public TimeProvider Time { get; }

    /// <summary>Wakes whoever sends.</summary>
    public Wake Wake { get; }

    public BatchLimit Limit { get; }

    public TimeSpan Heartbeat { get; }

    public int BatchSize => _streaming.BatchSize;

    public TimeSpan FlushInterval => _streaming.FlushInterval;

    public int MaxRetries => _streaming.MaxRetries;

    public TimeSpan RetryInterval => _streaming.RetryInterval;

    /// <summary>What is said of a task whose end nobody saw; null for nothing.</summary>
    public TaskReport? UnknownEnd { get; init; }

    /// <summary>Nothing is said of the task, because another run of it is under way.</summary>
    public bool IsSuperseded { get; init; }

    /// <summary>How the task stands; null for nothing to say.</summary>
    public TaskReport? Report => IsSuperseded ? null
        : !Stream.IsComplete ? Volatile.Read(ref _state)
        : Stream.Outcome is { } outcome ? TaskReport.Ended(outcome)
        : UnknownEnd;

    /// <summary>There are no more lines, and the server has all.</summary>
    public bool IsAllAcknowledged => Stream.IsComplete && Stream.Acknowledged >= Stream.LastSequence;

    /// <summary>The task stands like this now.</summary>
    public void Say(TaskReport state)
    {
        Volatile.Write(ref _state, state);
        Wake.Set();
    }

    /// <summary>The server has the lines up to this one. What is late or impossible changes nothing.</summary>
    public void Acknowledge(long sequence)
    {
        if (sequence > Stream.Acknowledged)
        {
            Stream.Acknowledge(sequence);
        }
    }

    public void Throttle(TimeSpan pause) =>
        Interlocked.Exchange(ref _throttledUntil, Time.GetTimestamp() + (long)(pause.TotalSeconds * Time.TimestampFrequency));

    public void ChangeLevel(string name)
    {
        if (LogLevelNames.TryParse(name, out LogLevel level))
        {
            _levelChanged(level);
        }
    }

    /// <summary>How long the server, and the limits, want no lines; zero for now.</summary>
    public TimeSpan PauseBeforeFrame()
    {
        TimeSpan throttled = Time.GetElapsedTime(Time.GetTimestamp(), Interlocked.Read(ref _throttledUntil));
        TimeSpan limited = Max(_lines.Wait(), _frames.Wait());
        return Max(TimeSpan.Zero, Max(throttled, limited));
    }

    /// <summary>So many lines were sent in a frame.</summary>
    public void FrameSent(int lines)
    {
        _lines.Take(lines);
        _frames.Take(1);
    }

    /// <summary>So many lines were sent in vain. A connection that breaks again and again must not use up what the others may send.</summary>
    public void LinesLost(int lines) => _lines.GiveBack(lines);

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
