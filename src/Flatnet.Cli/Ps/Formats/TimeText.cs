using System.Globalization;

namespace Flatnet.Cli.Ps.Formats;

/// <summary>Times as RFC 3339 in UTC, which scripts can read and sort.</summary>
internal static class TimeText
{
    /// <summary>Null for none.</summary>
    public static string? Of(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
