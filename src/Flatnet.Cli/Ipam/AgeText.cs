using System.Globalization;

namespace Flatnet.Cli.Ipam;

/// <summary>How long ago something was, in two units at most: <c>45s</c>, <c>12m</c>, <c>3h 20m</c>, <c>5d 4h</c>.</summary>
internal static class AgeText
{
    public static string Of(TimeSpan age) => age switch
    {
        { TotalSeconds: < 60 } => Text($"{Math.Max(0, (long)age.TotalSeconds)}s"),
        { TotalMinutes: < 60 } => Text($"{age.Minutes}m"),
        { TotalHours: < 24 } => Text($"{age.Hours}h {age.Minutes}m"),
        _ => Text($"{age.Days}d {age.Hours}h"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
