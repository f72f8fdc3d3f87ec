namespace Flatnet.Ipam.Tests;

/// <summary>A clock that moves one second each time it is read, so that no two uses are at the same time.</summary>
internal sealed class FakeTime : TimeProvider
{
    private DateTimeOffset _now = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now = _now.AddSeconds(1);
}
