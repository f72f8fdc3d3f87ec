using Flatnet.Agent.Transport;

namespace Flatnet.Agent.Tests.Transport;

public sealed class BackoffTests
{
    [Fact]
    public void Pauses_double_to_half_a_minute_and_each_is_half_to_one_and_a_half_times_as_long()
    {
        int[] bounds = [1, 2, 4, 8, 16, 30, 30, 30];
        var shortest = new double[bounds.Length];
        var longest = new double[bounds.Length];
        Array.Fill(shortest, double.MaxValue);
        for (int seed = 0; seed < 500; seed++)
        {
            var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), new Random(seed));
            for (int i = 0; i < bounds.Length; i++)
            {
                double relative = backoff.Next().TotalSeconds / bounds[i];
                shortest[i] = Math.Min(shortest[i], relative);
                longest[i] = Math.Max(longest[i], relative);
            }
        }

        Assert.All(shortest, static relative => Assert.InRange(relative, 0.5, 0.55));
        Assert.All(longest, static relative => Assert.InRange(relative, 1.45, 1.5));
    }

    [Fact]
    public void A_success_makes_the_next_pause_short_again()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), new Random(1));
        for (int i = 0; i < 100; i++)
        {
            backoff.Next();
        }

        Assert.Equal(100, backoff.Failures);
        backoff.Reset();
        Assert.InRange(backoff.Next().TotalSeconds, 0.5, 1.5);
    }
}
