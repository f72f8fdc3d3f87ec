using System.Globalization;

namespace Flatnet.Cli.Times;

/// <summary>Nanoseconds since 1970, as logs count time.</summary>
internal static class UnixTime
{
    private const long PerTick = 100;

    /// <summary>Before 1970 it is 0, and after the year 2262 the greatest there is.</summary>
    public static long Nanoseconds(DateTimeOffset time)
    {
        long ticks = (time - DateTimeOffset.UnixEpoch).Ticks;
        return ticks < 0 ? 0 : ticks > long.MaxValue / PerTick ? long.MaxValue : ticks * PerTick;
    }

    /// <summary>Cut to the 100 ns of a tick.</summary>
    public static DateTimeOffset Time(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / PerTick);

    /// <summary>RFC 3339 in UTC with nine digits.</summary>
    public static string Rfc3339(long nanoseconds) => string.Create(
        CultureInfo.InvariantCulture, $"{Time(nanoseconds).UtcDateTime:yyyy-MM-dd'T'HH:mm:ss}.{nanoseconds % 1_000_000_000:000000000}Z");
}
