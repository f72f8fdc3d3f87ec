using Flatnet.Server.Limits;

namespace Flatnet.Server.Tests.Limits;

public sealed class LineLimiterTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_burst_is_free_and_what_follows_is_slowed_down_to_the_rate()
    {
        var limiter = new LineLimiter(new LimitOptions { LinesPerSecond = 1000, LinesBurst = 10_000 }, _time);

        Assert.Equal(TimeSpan.Zero, limiter.Charge("a", 10_000));
        Assert.Equal(TimeSpan.FromSeconds(0.5), limiter.Charge("a", 500));
    }

    [Fact]
    public void Who_waits_as_told_sends_exactly_at_the_rate()
    {
        var limiter = new LineLimiter(new LimitOptions { LinesPerSecond = 1000, LinesBurst = 1000 }, _time);
        DateTimeOffset start = _time.GetUtcNow();

        for (int i = 0; i < 100; i++)
        {
            _time.Advance(limiter.Charge("a", 333));
        }

        // The burst is free: 33,300 lines less 1,000.
        Assert.Equal(32.3, (_time.GetUtcNow() - start).TotalSeconds, 3);
    }

    [Fact]
    public void A_batch_larger_than_the_burst_passes_and_is_paid_for_afterwards()
    {
        var limiter = new LineLimiter(new LimitOptions { LinesPerSecond = 10, LinesBurst = 10 }, _time);

        Assert.Equal(TimeSpan.FromSeconds(2), limiter.Charge("a", 30));
    }

    [Fact]
    public void Each_task_has_its_own()
    {
        var limiter = new LineLimiter(new LimitOptions { LinesPerSecond = 1, LinesBurst = 1 }, _time);
        limiter.Charge("a", 100);

        Assert.Equal(TimeSpan.Zero, limiter.Charge("b", 1));
    }

    [Fact]
    public void Zero_lines_a_second_is_no_limit()
    {
        var limiter = new LineLimiter(new LimitOptions { LinesPerSecond = 0 }, _time);

        Assert.Equal(TimeSpan.Zero, limiter.Charge("a", int.MaxValue));
        Assert.Equal(0, limiter.Tasks);
    }

    [Fact]
    public void Tasks_that_went_quiet_are_forgotten_and_debts_are_not()
    {
        var limiter = new LineLimiter(new LimitOptions { LinesPerSecond = 10, LinesBurst = 10 }, _time);
        for (int i = 0; i < 1000; i++)
        {
            limiter.Charge($"task-{i}", 1);
        }

        limiter.Charge("busy", 1000);
        _time.Advance(TimeSpan.FromSeconds(31));
        limiter.Charge("next", 1);

        Assert.Equal(2, limiter.Tasks);
    }
}
