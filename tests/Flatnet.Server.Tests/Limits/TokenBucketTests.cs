using System.Threading.RateLimiting;
using Flatnet.Server.Limits;

namespace Flatnet.Server.Tests.Limits;

public sealed class TokenBucketTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_new_bucket_is_full()
    {
        using var bucket = new TokenBucket(new Rate(1, 3), _time);

        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => bucket.AttemptAcquire().IsAcquired));
    }

    [Fact]
    public void It_fills_again_after_it_was_full()
    {
        using var bucket = new TokenBucket(new Rate(1, 1), _time);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(bucket.AttemptAcquire().IsAcquired);
        Assert.False(bucket.AttemptAcquire().IsAcquired);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(bucket.AttemptAcquire().IsAcquired);
    }

    [Fact]
    public void Who_asks_often_loses_no_fraction_of_a_token()
    {
        using var bucket = new TokenBucket(new Rate(1, 1), _time);
        bucket.AttemptAcquire();
        int granted = 0;

        // 60 s, asked for every 7 ms.
        for (int i = 0; i < 8572; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(7));
            granted += bucket.AttemptAcquire().IsAcquired ? 1 : 0;
        }

        Assert.InRange(granted, 59, 60);
    }

    [Fact]
    public void A_refusal_says_when_to_come_back_and_takes_nothing()
    {
        using var bucket = new TokenBucket(new Rate(0.5, 1), _time);
        bucket.AttemptAcquire();
        _time.Advance(TimeSpan.FromSeconds(0.5));

        using RateLimitLease lease = bucket.AttemptAcquire();

        Assert.True(lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan after));
        Assert.Equal(TimeSpan.FromSeconds(1.5), after);
        _time.Advance(after);
        Assert.True(bucket.AttemptAcquire().IsAcquired);
    }

    [Fact]
    public void It_never_holds_more_than_its_burst()
    {
        using var bucket = new TokenBucket(new Rate(1000, 5), _time);
        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(5, bucket.Level.Tokens);
        Assert.Equal(5, bucket.GetStatistics().CurrentAvailablePermits);
    }

    [Fact]
    public void It_is_idle_from_the_moment_it_is_full_again()
    {
        using var bucket = new TokenBucket(new Rate(1, 2), _time);
        bucket.AttemptAcquire(2);
        Assert.Null(bucket.IdleDuration);

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.FromSeconds(3), bucket.IdleDuration);
    }
}
