namespace Flatnet.Agent.Transport;

/// <summary>Pauses that double up to a bound, each half to one and a half times as long, so that a fleet of agents does not come back all at once.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, Random random)
{
    private int _failures;

    /// <summary>Failures since the last success.</summary>
    public int Failures => _failures;

    public TimeSpan Next()
    {
        // 2^30 seconds are enough of a bound for any pause.
        double pause = Math.Min(longest.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Min(_failures, 30)));
        _failures++;
        return TimeSpan.FromSeconds(pause * (0.5 + random.NextDouble()));
    }

    public void Reset() => _failures = 0;
}
