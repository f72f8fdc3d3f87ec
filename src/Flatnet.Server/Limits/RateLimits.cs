using Flatnet.Logs.Wire;
using Flatnet.Server.Errors;

namespace Flatnet.Server.Limits;

/// <summary>The limits of requests, each with its buckets.</summary>
internal sealed class RateLimits(LimitOptions options, TimeProvider time) : IAsyncDisposable
{
    private readonly Buckets _reads = new(options.ReadsPerMinute, time);
    private readonly Buckets _connects = new(options.ConnectsPerMinute, time);
    private readonly Buckets _failures = new(options.FailuresPerMinute, time);
    private readonly Buckets _logins = new(options.LoginsPerMinute, time);

    /// <summary>Takes one of the asker's tokens; null when there is no limit.</summary>
    public Quota? Take(RateLimit limit, string key) => Of(limit).Take(key);

    /// <summary>The same for callers that have nothing to do with a refusal but to pass it on.</summary>
    /// <exception cref="ApiException">There is none left: 429.</exception>
    public void Require(RateLimit limit, string key)
    {
        if (Take(limit, key) is { RetryAfter: { } after })
        {
            throw Exceeded(after);
        }
    }

    public static ApiException Exceeded(TimeSpan retryAfter) =>
        new(429, ErrorCode.RateLimitExceeded, $"Too many requests: try again in {Math.Ceiling(retryAfter.TotalSeconds)} s.") { RetryAfter = retryAfter };

    public async ValueTask DisposeAsync()
    {
        await _reads.DisposeAsync().ConfigureAwait(false);
        await _connects.DisposeAsync().ConfigureAwait(false);
        await _failures.DisposeAsync().ConfigureAwait(false);
        await _logins.DisposeAsync().ConfigureAwait(false);
    }

    private Buckets Of(RateLimit limit) => limit switch
    {
        RateLimit.Reads => _reads,
        RateLimit.Connects => _connects,
        RateLimit.Failures => _failures,
        _ => _logins,
    };
}
