using System.Collections.Concurrent;

namespace Flatnet.Server.Limits;

/// <summary>The lines of each task, over all its connections and requests. Never refuses: whoever sends too fast is told how long to wait
/// before the next lines, and is slowed down by that.</summary>
internal sealed class LineLimiter(LimitOptions options, TimeProvider time)
{
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, TokenBucket> _buckets = new(StringComparer.Ordinal);
    private readonly Rate _rate = new(options.LinesPerSecond, Math.Max(options.LinesBurst, 1));
    private long _sweptAt = time.GetTimestamp();

    /// <summary>How many tasks are remembered.</summary>
    public int Tasks => _buckets.Count;

    /// <summary>Counts lines that were accepted.</summary>
    /// <returns>How long their sender shall wait before it sends more of this task; zero for not at all.</returns>
    public TimeSpan Charge(string taskId, int lines)
    {
        if (options.LinesPerSecond == 0)
        {
            return TimeSpan.Zero;
        }

        Sweep();
        return _buckets.GetOrAdd(taskId, static (_, limiter) => new TokenBucket(limiter._rate, limiter.Time), this).Charge(lines);
    }

    private TimeProvider Time => time;

    // A full bucket is as good as none. One that is charged between the look and the removal loses that charge, which is harmless.
    private void Sweep()
    {
        long swept = Volatile.Read(ref _sweptAt);
        long now = time.GetTimestamp();
        if (time.GetElapsedTime(swept, now) < SweepPeriod || Interlocked.CompareExchange(ref _sweptAt, now, swept) != swept)
        {
            return;
        }

        foreach ((string task, TokenBucket bucket) in _buckets)
        {
            if (bucket.IdleDuration is not null)
            {
                _buckets.TryRemove(task, out _);
            }
        }
    }
}
