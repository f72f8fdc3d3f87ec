namespace Flatnet.Loki.Reading;

/// <summary>Times in nanoseconds since 1970, as Loki counts them.</summary>
internal static class NanosecondClock
{
    public static long Now => From(DateTimeOffset.UtcNow);

    public static long From(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Nanoseconds();

    public static long Nanoseconds(this TimeSpan span) => span.Ticks * TimeSpan.NanosecondsPerTick;
}
