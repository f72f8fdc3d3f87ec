namespace Flatnet.Logs.Times;

/// <summary>Times on the wire, as RFC 3339 writes them, to the nanosecond. In memory they are nanoseconds since 1970, UTC.</summary>
public static class Rfc3339
{
    /// <summary>The length of what <see cref="Format(long, Span{byte})"/> writes.</summary>
    public const int Length = 30;

    private const long PerSecond = 1_000_000_000;
    private const long PerDay = 86_400 * PerSecond;

    /// <summary>Nanoseconds since 1970 now.</summary>
    public static long Now(TimeProvider time) => FromTime(time.GetUtcNow());

    /// <summary>Nanoseconds since 1970; clamped to what 64 bits hold (the years 1678 to 2262).</summary>
    public static long FromTime(DateTimeOffset time)
    {
        long ticks = (time - DateTimeOffset.UnixEpoch).Ticks;
        return ticks > long.MaxValue / 100 ? long.MaxValue : ticks < long.MinValue / 100 ? long.MinValue : ticks * 100;
    }

    /// <summary>The point in time, cut to the 100 ns of a tick.</summary>
    public static DateTimeOffset ToTime(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100);

    /// <summary>In UTC with nine digits: <c>2026-01-31T14:05:00.000000000Z</c>.</summary>
    public static string Format(long nanoseconds) => string.Create(Length, nanoseconds, static (text, value) =>
    {
        Span<byte> bytes = stackalloc byte[Length];
        Format(value, bytes);
        System.Text.Ascii.ToUtf16(bytes, text, out _);
    });

    /// <summary>The same in UTF-8; writes exactly <see cref="Length"/> bytes.</summary>
    public static void Format(long nanoseconds, Span<byte> destination)
    {
        (long days, long rest) = Math.DivRem(nanoseconds, PerDay);
        if (rest < 0)
        {
            days--;
            rest += PerDay;
        }

        DateTime date = DateTime.UnixEpoch.AddDays(days);
        "0000-00-00T00:00:00.000000000Z"u8.CopyTo(destination);
        Digits(destination[..4], date.Year);
        Digits(destination[5..7], date.Month);
        Digits(destination[8..10], date.Day);
        Digits(destination[11..13], rest / (3600 * PerSecond));
        Digits(destination[14..16], rest / (60 * PerSecond) % 60);
        Digits(destination[17..19], rest / PerSecond % 60);
        Digits(destination[20..29], rest % PerSecond);
    }

    /// <summary>Reads a date and time with a zone (<c>Z</c> or an offset) and up to nine digits of a second; finer ones are cut off.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long nanoseconds)
    {
        nanoseconds = 0;
        // 2026-01-31T14:05:00 is 19 characters.
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || text[13] != ':' || text[16] != ':'
            || !Number(text[..4], out int year) || !Number(text[5..7], out int month) || !Number(text[8..10], out int day)
            || !Number(text[11..13], out int hour) || !Number(text[14..16], out int minute) || !Number(text[17..19], out int second))
        {
            return false;
        }

        // RFC 3339 knows a 60th second.
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        text = text[19..];
        long fraction = 0;
        if (text[0] == '.')
        {
            int digits = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (digits <= 0)
            {
                return false;
            }

            for (int i = 1; i <= 9; i++)
            {
                fraction = (fraction * 10) + (i <= digits ? text[i] - '0' : 0);
            }

            text = text[(1 + digits)..];
        }

        if (!Offset(text, out int offsetMinutes))
        {
            return false;
        }

        long days = (long)(new DateTime(year, month, day) - DateTime.UnixEpoch).TotalDays;
        Int128 value = ((Int128)days * PerDay) + ((((hour * 60L) + minute - offsetMinutes) * 60) + second) * PerSecond + fraction;
        if (value > long.MaxValue || value < long.MinValue)
        {
            return false;
        }

        nanoseconds = (long)value;
        return true;
    }

    /// <summary>The same from characters.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long nanoseconds)
    {
        nanoseconds = 0;
        Span<byte> bytes = stackalloc byte[64];
        return System.Text.Ascii.FromUtf16(text, bytes, out int length) == System.Buffers.OperationStatus.Done && TryParse(bytes[..length], out nanoseconds);
    }

    private static bool Offset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text is [(byte)'Z' or (byte)'z'])
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':'
            || !Number(text[1..3], out int hours) || !Number(text[4..6], out minutes) || hours > 23 || minutes > 59)
        {
            return false;
        }

        minutes += hours * 60;
        minutes = text[0] == '-' ? -minutes : minutes;
        return true;
    }

    private static bool Number(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + digit - '0';
        }

        return true;
    }

    private static void Digits(Span<byte> destination, long value)
    {
        for (int i = destination.Length - 1; i >= 0; i--)
        {
            destination[i] = (byte)('0' + (value % 10));
            value /= 10;
        }
    }
}
