namespace Flatnet.Loki.Following;

/// <summary>Pauses between attempts: any length up to a bound that doubles each time, so that clients do not come all at once.</summary>
internal sealed class Backoff(LokiPace pace)
{
    private int _failures;

    public TimeSpan Next()
    {
        var bound = Math.Min(pace.LongestPause.TotalMilliseconds, pace.FirstPause.TotalMilliseconds * Math.Pow(2, _failures));
        _failures = Math.Min(_failures + 1, 30);
        return TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * bound);
    }

    /// <summary>Begins again with short pauses after a connection that held long enough.</summary>
    public void Held(TimeSpan connected)
    {
        if (connected >= pace.Healthy)
        {
            _failures = 0;
        }
    }
}
