using System.Globalization;
using System.Text.RegularExpressions;
using Flatnet.Logs.Times;

namespace Flatnet.Cli.Times;

/// <summary>A point in time as a user writes it: <c>1h30m</c> (ago), RFC 3339, a date, <c>HH:MM</c>, Unix seconds, <c>now</c>.</summary>
internal static partial class TimeExpression
{
    /// <summary>What a message tells a user to write.</summary>
    public const string Forms =
        "a duration ago such as 1h30m, 90s or 2d, a time such as 2026-01-31T14:05:00Z, a date, HH:MM, Unix seconds, or now";

    /// <summary>The absolute time. Without a zone, the local one of <paramref name="time"/>; <c>HH:MM</c> is a time of today.</summary>
    /// <exception cref="FormatException">It is none; the message says what is accepted.</exception>
    public static DateTimeOffset Parse(string text, TimeProvider time)
    {
        if (text == "now")
        {
            return time.GetUtcNow();
        }

        try
        {
            if (DurationText.TryParse(text, out TimeSpan ago))
            {
                return time.GetUtcNow() - ago;
            }

            if (DateAndTime().Match(text) is { Success: true } full)
            {
                return OfDateAndTime(full, time.LocalTimeZone);
            }

            if (TimeOfDay().Match(text) is { Success: true } clock)
            {
                return Local(time.GetLocalNow().Date + OffsetInDay(clock), time.LocalTimeZone);
            }

            if (UnixSeconds().IsMatch(text))
            {
                decimal seconds = decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
                return DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
            }
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or OverflowException)
        {
            throw new FormatException($"'{text}' is not a time: no calendar has it. Write {Forms}.", exception);
        }

        throw new FormatException($"'{text}' is not a time. Write {Forms}.");
    }

    private static DateTimeOffset OfDateAndTime(Match match, TimeZoneInfo zone)
    {
        DateTime date = new DateTime(Number(match, "year"), Number(match, "month"), Number(match, "day")) + OffsetInDay(match);
        Group offset = match.Groups["offset"];
        if (!offset.Success)
        {
            return Local(date, zone);
        }

        if (offset.ValueSpan is "Z" or "z")
        {
            return new DateTimeOffset(date, TimeSpan.Zero);
        }

        TimeSpan east = TimeSpan.ParseExact(offset.ValueSpan[1..], "hh\\:mm", CultureInfo.InvariantCulture);
        return new DateTimeOffset(date, offset.ValueSpan[0] == '-' ? -east : east);
    }

    private static TimeSpan OffsetInDay(Match match)
    {
        int hour = Number(match, "hour");
        int minute = Number(match, "minute");
        int second = Number(match, "second");
        // RFC 3339 knows a 60th second.
        if (hour > 23 || minute > 59 || second > 60)
        {
            throw new ArgumentOutOfRangeException(nameof(match));
        }

        // Finer than the 100 ns of a tick is cut off.
        string fraction = match.Groups["fraction"].Value;
        long ticks = fraction.Length == 0 ? 0 : long.Parse(fraction.PadRight(9, '0').AsSpan(0, 7), CultureInfo.InvariantCulture);
        return new TimeSpan(hour, minute, second) + TimeSpan.FromTicks(ticks);
    }

    // Of an hour that comes twice when summer ends, the earlier: too many lines are better than too few.
    private static DateTimeOffset Local(DateTime date, TimeZoneInfo zone) =>
        new(date, zone.IsAmbiguousTime(date) ? zone.GetAmbiguousTimeOffsets(date).Max() : zone.GetUtcOffset(date));

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true } digits ? int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture) : 0;

    private const string Clock = @"(?<hour>[0-9]{2}):(?<minute>[0-9]{2})(?::(?<second>[0-9]{2})(?:\.(?<fraction>[0-9]{1,9}))?)?";

    [GeneratedRegex(
        @"\A(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})(?:[Tt ]" + Clock + @"(?<offset>[Zz]|[+-][0-9]{2}:[0-9]{2})?)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex DateAndTime();

    [GeneratedRegex(@"\A" + Clock + @"\z", RegexOptions.CultureInvariant)]
    private static partial Regex TimeOfDay();

    [GeneratedRegex(@"\A[0-9]{1,12}(?:\.[0-9]{1,9})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex UnixSeconds();
}
