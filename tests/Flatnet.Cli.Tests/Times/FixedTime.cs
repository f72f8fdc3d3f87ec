namespace Flatnet.Cli.Tests.Times;

/// <summary>A clock that stands still, in a zone of the test's choice.</summary>
internal sealed class FixedTime(DateTimeOffset now, string zone = "UTC") : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.FindSystemTimeZoneById(zone);

    public override DateTimeOffset GetUtcNow() => now;
}
