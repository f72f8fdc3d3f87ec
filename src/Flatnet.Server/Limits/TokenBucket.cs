using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace Flatnet.Server.Limits;

/// <summary>A bucket that fills continuously, by the clock and to the fraction of a token. The library's own adds whole tokens on a timer,
/// and knows no clock but the machine's.</summary>
/// <param name="rate">How fast, and how much at once.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenBucket(Rate rate, TimeProvider time) : RateLimiter
{
    private static readonly Lease Granted = new(null);

    private readonly Lock _lock = new();
    private double _tokens = rate.Burst;
    private long _filledAt = time.GetTimestamp();

    /// <summary>How long nobody has needed it: since it was full again. Null while it is not.</summary>
    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (_lock)
            {
                double untouched = time.GetElapsedTime(_filledAt).TotalSeconds - ((rate.Burst - _tokens) / rate.PerSecond);
                return untouched >= 0 ? TimeSpan.FromSeconds(untouched) : null;
            }
        }
    }

    /// <summary>What is there, and when all of it is there again.</summary>
    public (double Tokens, TimeSpan UntilFull) Level
    {
        get
        {
            lock (_lock)
            {
                Fill();
                return (_tokens, TimeSpan.FromSeconds((rate.Burst - _tokens) / rate.PerSecond));
            }
        }
    }

    /// <summary>Takes tokens that may not be there yet: what is missing is owed, and nobody is refused.</summary>
    /// <returns>How long to wait until the debt is paid; zero without one.</returns>
    public TimeSpan Charge(int tokens)
    {
        lock (_lock)
        {
            Fill();
            _tokens -= tokens;
            return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / rate.PerSecond);
        }
    }

    public override RateLimiterStatistics GetStatistics() => new() { CurrentAvailablePermits = (long)Math.Max(Level.Tokens, 0) };

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_lock)
        {
            Fill();
            if (_tokens >= permitCount)
            {
                _tokens -= permitCount;
                return Granted;
            }

            return new Lease(TimeSpan.FromSeconds((permitCount - _tokens) / rate.PerSecond));
        }
    }

    // Nobody waits in a queue here: whoever is refused is told when to come back.
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        new(AttemptAcquireCore(permitCount));

    private void Fill()
    {
        long now = time.GetTimestamp();
        _tokens = Math.Min(rate.Burst, _tokens + (time.GetElapsedTime(_filledAt, now).TotalSeconds * rate.PerSecond));
        _filledAt = now;
    }

    private sealed class Lease(TimeSpan? retryAfter) : RateLimitLease
    {
        public override bool IsAcquired => retryAfter is null;

        public override IEnumerable<string> MetadataNames => IsAcquired ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;
            return metadata is not null;
        }
    }
}
