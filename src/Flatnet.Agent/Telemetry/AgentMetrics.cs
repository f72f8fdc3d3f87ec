using Flatnet.Logs;

namespace Flatnet.Agent.Telemetry;

/// <summary>What the agent counts. Written from everywhere at once, read by <see cref="PrometheusText"/> and the health check.</summary>
internal sealed class AgentMetrics
{
    /// <summary>The upper bounds of the latency's buckets, in seconds; the last bucket has none.</summary>
    public static readonly double[] LatencyBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private const int Sources = 3;
    private const int Levels = 6;

    private readonly long[] _lines = new long[Sources * Levels];
    private readonly long[] _latencies = new long[Sources * (LatencyBounds.Length + 1)];
    private readonly long[] _latencyTicks = new long[Sources];
    private readonly long[] _errors = new long[Enum.GetValues<AgentError>().Length];
    private long _reconnects;
    private long _dropped;
    private long _inFlight;
    private int _connected;

    /// <summary>The bytes that wait in the spool.</summary>
    public Func<long> SpoolBytes { get; set; } = static () => 0;

    /// <summary>How long the oldest of them has waited.</summary>
    public Func<TimeSpan> SpoolAge { get; set; } = static () => TimeSpan.Zero;

    /// <summary>Lines between the pipes and the spool.</summary>
    public Func<long> QueuedLines { get; set; } = static () => 0;

    /// <summary>How long the oldest frame has been waiting for its acknowledgement.</summary>
    public Func<TimeSpan> AckLag { get; set; } = static () => TimeSpan.Zero;

    /// <summary>Bytes sent and not acknowledged.</summary>
    public long InFlightBytes => Interlocked.Read(ref _inFlight);

    public long Reconnects => Interlocked.Read(ref _reconnects);

    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Whether a WebSocket to the server is open and answered.</summary>
    public bool IsConnected => Volatile.Read(ref _connected) > 0;

    /// <summary>A line was read from the task, whether it is streamed or not.</summary>
    public void CountLine(LogSource source, LogLevel level) => Interlocked.Increment(ref _lines[(((int)source - 1) * Levels) + (int)level - 1]);

    public long Lines(LogSource source, LogLevel level) => Interlocked.Read(ref _lines[(((int)source - 1) * Levels) + (int)level - 1]);

    public void CountError(AgentError kind) => Interlocked.Increment(ref _errors[(int)kind]);

    public long Errors(AgentError kind) => Interlocked.Read(ref _errors[(int)kind]);

    public void CountDropped(long lines) => Interlocked.Add(ref _dropped, lines);

    /// <summary>Bytes were sent, or (below zero) acknowledged.</summary>
    public void CountInFlight(long bytes) => Interlocked.Add(ref _inFlight, bytes);

    public void CountReconnect() => Interlocked.Increment(ref _reconnects);

    public void Connected() => Interlocked.Increment(ref _connected);

    public void Disconnected() => Interlocked.Decrement(ref _connected);

    /// <summary>So long a line took from being read to being durable at the server.</summary>
    public void ObserveLatency(LogSource source, TimeSpan latency)
    {
        // A clock that was set back is no negative latency.
        latency = latency < TimeSpan.Zero ? TimeSpan.Zero : latency;
        int bucket = Array.FindIndex(LatencyBounds, bound => latency.TotalSeconds <= bound);
        Interlocked.Increment(ref _latencies[Bucket(source, bucket < 0 ? LatencyBounds.Length : bucket)]);
        Interlocked.Add(ref _latencyTicks[(int)source - 1], latency.Ticks);
    }

    /// <summary>The observations of one bucket, not cumulated.</summary>
    public long Latencies(LogSource source, int bucket) => Interlocked.Read(ref _latencies[Bucket(source, bucket)]);

    public TimeSpan LatencySum(LogSource source) => TimeSpan.FromTicks(Interlocked.Read(ref _latencyTicks[(int)source - 1]));

    private static int Bucket(LogSource source, int bucket) => (((int)source - 1) * (LatencyBounds.Length + 1)) + bucket;
}
