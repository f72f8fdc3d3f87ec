using Flatnet.Server.Errors;
using Flatnet.Server.Limits;

namespace Flatnet.Server.Tests.Limits;

public sealed class RateLimitsTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Says_what_is_left_and_when_all_of_it_is_back()
    {
        await using var limits = new RateLimits(new LimitOptions { ReadsPerMinute = 60 }, _time);

        Assert.Equal(new Quota(60, 59, TimeSpan.FromSeconds(1), null), limits.Take(RateLimit.Reads, "key:a"));
        Assert.Equal(new Quota(60, 58, TimeSpan.FromSeconds(2), null), limits.Take(RateLimit.Reads, "key:a"));
    }

    [Fact]
    public async Task Refuses_with_429_and_when_to_come_back()
    {
        await using var limits = new RateLimits(new LimitOptions { LoginsPerMinute = 2 }, _time);
        limits.Require(RateLimit.Logins, "ada");
        limits.Require(RateLimit.Logins, "ada");

        ApiException error = Assert.Throws<ApiException>(() => limits.Require(RateLimit.Logins, "ada"));

        Assert.Equal((429, "RATE_LIMIT_EXCEEDED", TimeSpan.FromSeconds(30)), (error.Status, error.Code, error.RetryAfter));
    }

    [Fact]
    public async Task Askers_do_not_take_from_each_other()
    {
        await using var limits = new RateLimits(new LimitOptions { ConnectsPerMinute = 1 }, _time);
        limits.Require(RateLimit.Connects, "key:a");

        Assert.Null(limits.Take(RateLimit.Connects, "key:b")!.RetryAfter);
    }

    [Fact]
    public async Task Zero_is_no_limit()
    {
        await using var limits = new RateLimits(new LimitOptions { ReadsPerMinute = 0 }, _time);

        Assert.Null(limits.Take(RateLimit.Reads, "key:a"));
    }

    [Fact]
    public void Messages_of_a_connection_are_slowed_down_not_refused()
    {
        var frames = new FrameLimiter(new LimitOptions { FramesPerMinute = 60 }, _time);
        for (int i = 0; i < 60; i++)
        {
            Assert.Equal(TimeSpan.Zero, frames.Charge());
        }

        Assert.Equal(TimeSpan.FromSeconds(1), frames.Charge());
    }
}
