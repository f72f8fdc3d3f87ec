using System.Globalization;
using System.Text.RegularExpressions;

namespace Flatnet.Cli.Times;

/// <summary>A length of time as a user writes it: <c>1h30m</c>, <c>90s</c>, <c>2d</c>, <c>1w</c>, <c>500ms</c>, <c>1.5h</c>.</summary>
internal static partial class DurationText
{
    /// <summary>What a message tells a user to write.</summary>
    public const string Forms = "a duration such as 1h30m, 90s, 2d, 1w or 500ms";

    /// <summary>The length of time, never negative.</summary>
    /// <exception cref="FormatException">It is none, or too long; the message says what is accepted.</exception>
    public static TimeSpan Parse(string text) =>
        TryParse(text, out TimeSpan duration) ? duration : throw new FormatException($"'{text}' is not {Forms}.");

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
            ticks += number * TicksOf(match.Groups[2].Captures[i].ValueSpan);
        }

        if (ticks > TimeSpan.MaxValue.Ticks)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)ticks);
        return true;
    }

    private static long TicksOf(ReadOnlySpan<char> unit) => unit switch
    {
        "ms" => TimeSpan.TicksPerMillisecond,
        "s" => TimeSpan.TicksPerSecond,
        "m" => TimeSpan.TicksPerMinute,
        "h" => TimeSpan.TicksPerHour,
        "d" => TimeSpan.TicksPerDay,
        _ => 7 * TimeSpan.TicksPerDay,
    };

    [GeneratedRegex(@"\A(?:([0-9]{1,12}(?:\.[0-9]{1,9})?)(ms|s|m|h|d|w)){1,16}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
