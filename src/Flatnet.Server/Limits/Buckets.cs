using System.Threading.RateLimiting;

namespace Flatnet.Server.Limits;

/// <summary>One bucket per asker, address or user. The library forgets a bucket some seconds after it is full again, so that many
/// addresses do not fill the memory.</summary>
internal sealed class Buckets : IAsyncDisposable
{
    private readonly PartitionedRateLimiter<string>? _limiter;
    private readonly Rate _rate;

    /// <param name="perMinute">How many; 0 for no limit.</param>
    /// <param name="time">The clock.</param>
    public Buckets(int perMinute, TimeProvider time)
    {
        if (perMinute > 0)
        {
            _rate = Rate.PerMinute(perMinute);
            _limiter = PartitionedRateLimiter.Create<string, string>(
                key => RateLimitPartition.Get(key, _ => new TokenBucket(_rate, time)), StringComparer.Ordinal);
        }
    }

    /// <summary>Takes one of the asker's tokens; null when there is no limit.</summary>
    public Quota? Take(string key)
    {
        if (_limiter is null)
        {
            return null;
        }

        using RateLimitLease lease = _limiter.AttemptAcquire(key);
        int remaining = (int)(_limiter.GetStatistics(key)?.CurrentAvailablePermits ?? 0);
        var untilFull = TimeSpan.FromSeconds((_rate.Burst - remaining) / _rate.PerSecond);
        return new Quota(_rate.Burst, remaining, untilFull, lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan after) ? after : null);
    }

    public ValueTask DisposeAsync() => _limiter?.DisposeAsync() ?? ValueTask.CompletedTask;
}
