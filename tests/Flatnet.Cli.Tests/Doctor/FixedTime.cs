namespace Flatnet.Cli.Tests.Doctor;

/// <summary>A clock that stands still; stopwatches and timers run.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
