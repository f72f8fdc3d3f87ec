using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Flatnet.Logs.Times;

/// <summary>A length of time as a user writes it: <c>1h30m</c>, <c>90s</c>, <c>2d</c>, <c>1w</c>, <c>500ms</c>, <c>1.5h</c>.</summary>
public static partial class DurationText
{
    /// <summary>What a message tells a user to write.</summary>
    public const string Forms = "a duration such as 1h30m, 90s, 2d, 1w or 500ms";

    private static readonly (string Name, long Ticks)[] Units =
    [
        ("w", 7 * TimeSpan.TicksPerDay),
        ("d", TimeSpan.TicksPerDay),
        ("h", TimeSpan.TicksPerHour),
        ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond),
        ("ms", TimeSpan.TicksPerMillisecond),
    ];

    /// <summary>The length of time, never negative.</summary>
    /// <exception cref="FormatException">It is none, or too long; the message says what is accepted.</exception>
    public static TimeSpan Parse(string text) =>
        TryParse(text, out TimeSpan duration) ? duration : throw new FormatException($"'{text}' is not {Forms}.");

    /// <summary>The same, without an exception.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        Match match = Pattern().Match(text);
        if (!match.Success)
        {
            return false;
        }

        decimal ticks = 0;
        for (int i = 0; i < match.Groups[1].Captures.Count; i++)
        {
            // Twelve digits and sixteen parts at most, so the product cannot overflow a decimal.
            decimal number = decimal.Parse(match.Groups[1].Captures[i].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            ticks += number * TicksOf(match.Groups[2].Captures[i].Value);
        }

        if (ticks > TimeSpan.MaxValue.Ticks)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)ticks);
        return true;
    }

    /// <summary>The shortest form that <see cref="Parse"/> understands, to the millisecond: <c>1h30m</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        var text = new StringBuilder();
        foreach ((string unit, long ticks) in Units)
        {
            (long count, long rest) = Math.DivRem(duration.Ticks, ticks);
            if (count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
            }

            duration = TimeSpan.FromTicks(rest);
        }

        return text.Length > 0 ? text.ToString() : "0s";
    }

    private static long TicksOf(string unit) => Array.Find(Units, known => known.Name == unit).Ticks;

    [GeneratedRegex(@"\A(?:([0-9]{1,12}(?:\.[0-9]{1,9})?)(ms|s|m|h|d|w)){1,16}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
