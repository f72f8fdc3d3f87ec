namespace Flatnet.Agent.Transport;

/// <summary>
/// How much may be sent now: a bucket that fills continuously and begins full. It makes the sender wait; it never refuses and never loses.
/// </summary>
internal sealed class Pace
{
    private readonly double _perSecond;
    private readonly double _burst;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private double _level;
    private long _filled;

    /// <param name="perSecond">How fast it fills; 0 for no limit at all.</param>
    /// <param name="burst">How much it holds.</param>
    /// <param name="time">The clock.</param>
    public Pace(double perSecond, double burst, TimeProvider time)
    {
        _perSecond = perSecond;
        _burst = _level = burst;
        _time = time;
        _filled = time.GetTimestamp();
    }

    /// <summary>How long to wait until something may be sent; zero for now.</summary>
    public TimeSpan Wait()
    {
        if (_perSecond <= 0)
        {
            return TimeSpan.Zero;
        }

        lock (_lock)
        {
            Fill();
            return _level >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _level) / _perSecond);
        }
    }

    /// <summary>Something was sent. The level may go below zero, which the next wait makes up for.</summary>
    public void Take(int amount)
    {
        if (_perSecond <= 0)
        {
            return;
        }

        lock (_lock)
        {
            Fill();
            _level -= amount;
        }
    }

    /// <summary>What was taken did not arrive, and will be sent once more.</summary>
    public void GiveBack(int amount)
    {
        lock (_lock)
        {
            _level = Math.Min(_burst, _level + amount);
        }
    }

    private void Fill()
    {
        long now = _time.GetTimestamp();
        _level = Math.Min(_burst, _level + (_time.GetElapsedTime(_filled, now).TotalSeconds * _perSecond));
        _filled = now;
    }
}
