using System.Globalization;

namespace Flatnet.Podman.Logs;

/// <summary>Time stamps as log lines carry them: RFC 3339 with up to nine decimals, as nanoseconds since 1970.</summary>
internal static class Rfc3339
{
    public const long Second = 1_000_000_000;

    // Nanoseconds in 64 bits reach from September 1677 to April 2262.
    private const int FirstYear = 1678;
    private const int LastYear = 2261;

    private const int SecondsEnd = 19;

    /// <summary>Reads the stamp that the text begins with.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">Nanoseconds since 1970.</param>
    /// <param name="length">How many bytes the stamp has.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out long time, out int length)
    {
        time = 0;
        length = 0;
        if (text.Length <= SecondsEnd || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
        {
            return false;
        }

        int year = (Two(text, 0) * 100) + Two(text, 2);
        int month = Two(text, 5);
        int day = Two(text, 8);
        int hour = Two(text, 11);
        int minute = Two(text, 14);
        int second = Two(text, 17);
        if (year is < FirstYear or > LastYear || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 60)
        {
            return false;
        }

        int end = SecondsEnd;
        long fraction = 0;
        if (text[end] == '.' && !TryFraction(text, ref end, out fraction))
        {
            return false;
        }

        if (!TryOffset(text, ref end, out int offset))
        {
            return false;
        }

        long seconds = (Days(year, month, day) * 86400L) + (hour * 3600) + (minute * 60) + second - offset;
        time = (seconds * Second) + fraction;
        length = end;
        return true;
    }

    /// <summary>The stamp in UTC with nine decimals.</summary>
    public static string Format(long time)
    {
        long seconds = Math.DivRem(time, Second, out long fraction);
        if (fraction < 0)
        {
            seconds--;
            fraction += Second;
        }

        string whole = DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{whole}.{fraction:D9}Z");
    }

    private static bool TryFraction(ReadOnlySpan<byte> text, ref int end, out long fraction)
    {
        fraction = 0;
        int first = ++end;
        while (end < text.Length && text[end] is >= (byte)'0' and <= (byte)'9')
        {
            fraction = (fraction * 10) + (text[end++] - '0');
            if (end - first > 9)
            {
                return false;
            }
        }

        for (int digits = end - first; digits < 9; digits++)
        {
            fraction *= 10;
        }

        return end > first;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, ref int end, out int offset)
    {
        offset = 0;
        if (end >= text.Length)
        {
            return false;
        }

        if (text[end] == 'Z')
        {
            end++;
            return true;
        }

        if (text[end] is not ((byte)'+' or (byte)'-') || text.Length < end + 6 || text[end + 3] != ':')
        {
            return false;
        }

        int hours = Two(text, end + 1);
        int minutes = Two(text, end + 4);
        if (hours is < 0 or > 23 || minutes is < 0 or > 59)
        {
            return false;
        }

        offset = ((hours * 60) + minutes) * (text[end] == '-' ? -60 : 60);
        end += 6;
        return true;
    }

    // A negative number of four digits at least when it is no number: no range check lets it pass.
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        return (uint)tens > 9 || (uint)ones > 9 ? -10_000 : (tens * 10) + ones;
    }

    private static int Days(int year, int month, int day)
    {
        // Counted from March, so that the leap day is the last of its year.
        int y = month <= 2 ? year - 1 : year;
        int m = month <= 2 ? month + 9 : month - 3;
        return (365 * y) + (y / 4) - (y / 100) + (y / 400) + (((153 * m) + 2) / 5) + day - 719_469;
    }
}
