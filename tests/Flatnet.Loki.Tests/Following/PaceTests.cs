using Flatnet.Loki.Following;

namespace Flatnet.Loki.Tests.Following;

public sealed class PaceTests
{
    [Fact]
    public void The_pace_is_the_agreed_one()
    {
        var pace = new LokiPace();
        Assert.Equal(5000, LokiPace.MaximumPage);
        Assert.Equal(5, pace.Overlap.TotalSeconds);
        Assert.Equal((10, 10_000), (pace.Memory.TotalSeconds, pace.MemoryLines));
        Assert.Equal(300, pace.ReorderWindow.TotalMilliseconds);
        Assert.Equal(1, pace.Poll.TotalSeconds);
        Assert.Equal((0.25, 10, 30), (pace.FirstPause.TotalSeconds, pace.LongestPause.TotalSeconds, pace.Healthy.TotalSeconds));
    }

    [Fact]
    public void Pauses_double_up_to_ten_seconds_and_may_be_shorter()
    {
        var longest = new double[10];
        for (var run = 0; run < 200; run++)
        {
            var backoff = new Backoff(new());
            for (var failure = 0; failure < longest.Length; failure++)
            {
                longest[failure] = Math.Max(longest[failure], backoff.Next().TotalSeconds);
            }
        }

        for (var failure = 0; failure < longest.Length; failure++)
        {
            var bound = Math.Min(10, 0.25 * Math.Pow(2, failure));
            Assert.InRange(longest[failure], bound / 2, bound);
        }
    }

    [Fact]
    public void A_connection_that_held_makes_the_pause_short_again()
    {
        var backoff = new Backoff(new());
        for (var failure = 0; failure < 10; failure++)
        {
            backoff.Next();
        }

        backoff.Held(TimeSpan.FromSeconds(29));
        Assert.True(Enumerable.Range(0, 50).Max(_ => backoff.Next().TotalSeconds) > 0.25);
        backoff.Held(TimeSpan.FromSeconds(30));
        Assert.InRange(backoff.Next().TotalSeconds, 0, 0.25);
    }
}
