using System.Globalization;
using Flatnet.Cli.Times;

namespace Flatnet.Cli.Logs;

/// <summary>The time in front of a line: to the millisecond, in the zone asked for.</summary>
internal sealed class LineStamp(TimeZoneInfo zone)
{
    private readonly bool _isUtc = zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime;

    public string Of(long nanoseconds)
    {
        DateTimeOffset time = UnixTime.Time(nanoseconds);
        return _isUtc
            ? time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
            : TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
    }
}
