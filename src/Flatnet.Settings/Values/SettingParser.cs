using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Flatnet.Logs.Times;

namespace Flatnet.Settings;

/// <summary>Understands a setting's text, and says what would be understood.</summary>
internal static partial class SettingParser
{
    /// <summary>A string, long, double, TimeSpan, bool or array of strings; null when the text is not accepted.</summary>
    public static object? Parse(SettingKey key, string text) => key.Kind switch
    {
        SettingKind.Text => key.Choices.IsEmpty ? text : key.Choices.FirstOrDefault(choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase)),
        SettingKind.Whole => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int whole) ? InRange(key, whole) : null,
        SettingKind.Number => ParseNumber(key, text),
        SettingKind.Size => SizeText.TryParse(text, out long bytes) ? InRange(key, bytes) : null,
        SettingKind.Duration => ParseDuration(key, text),
        SettingKind.Flag => ParseFlag(text),
        _ => Unescaped().Split(text).Select(item => item.Trim().Replace("\\,", ",", StringComparison.Ordinal)).Where(item => item.Length > 0).ToImmutableArray(),
    };

    /// <summary>What a message tells a user to write.</summary>
    public static string Accepted(SettingKey key) => key.Kind switch
    {
        SettingKind.Text => key.Choices.IsEmpty ? "a text" : $"one of {string.Join(", ", key.Choices)}",
        SettingKind.Whole => "a whole number" + Range(key, static number => number.ToString(CultureInfo.InvariantCulture)),
        SettingKind.Number => "a number" + Range(key, static number => number.ToString(CultureInfo.InvariantCulture)),
        SettingKind.Size => SizeText.Forms + Range(key, SizeText.Format),
        SettingKind.Duration => DurationText.Forms + ", or whole seconds" + Range(key, static ms => DurationText.Format(TimeSpan.FromMilliseconds(ms))),
        SettingKind.Flag => "true or false",
        _ => "a list of texts",
    };

    private static long? InRange(SettingKey key, long value) => value >= (key.Least ?? long.MinValue) && value <= (key.Most ?? long.MaxValue) ? value : null;

    private static double? ParseNumber(SettingKey key, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
        && number >= (key.Least ?? double.MinValue) && number <= (key.Most ?? double.MaxValue) ? number : null;

    private static TimeSpan? ParseDuration(SettingKey key, string text)
    {
        // A bare number of seconds has at most nine digits: thirty years.
        bool isSeconds = text.Length is > 0 and <= 9 && text.All(char.IsAsciiDigit);
        return DurationText.TryParse(isSeconds ? text + "s" : text, out TimeSpan duration) && InRange(key, (long)duration.TotalMilliseconds) is not null
            ? duration : null;
    }

    private static bool? ParseFlag(string text) => text.ToLowerInvariant() switch
    {
        "true" or "1" or "yes" or "on" => true,
        "false" or "0" or "no" or "off" => false,
        _ => null,
    };

    private static string Range(SettingKey key, Func<long, string> format) => (key.Least, key.Most) switch
    {
        ({ } least, { } most) => $" from {format(least)} to {format(most)}",
        ({ } least, null) => $" of at least {format(least)}",
        (null, { } most) => $" of at most {format(most)}",
        _ => "",
    };

    [GeneratedRegex(@"(?<!\\),", RegexOptions.CultureInvariant)]
    private static partial Regex Unescaped();
}
