namespace Flatnet.Server.Tests.Retention;

/// <summary>A clock that stands still until it is moved; delays are over at once.</summary>
internal sealed class FakeClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 27, 0, 0, 0, TimeSpan.Zero);

    public long Nanoseconds => (Now - DateTimeOffset.UnixEpoch).Ticks * 100;

    /// <summary>How many delays there were.</summary>
    public int Delays { get; private set; }

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Delays++;
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
