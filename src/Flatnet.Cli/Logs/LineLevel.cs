using Flatnet.Logs;

namespace Flatnet.Cli.Logs;

/// <summary>The level of a line: as its stream is labelled, else as its text says.</summary>
internal static class LineLevel
{
    public static LogLevel? Of(in LogLine line) => OfLabels(line) ?? LevelDetector.Detect(line.Text.Span);

    public static LogLevel? OfLabels(in LogLine line)
    {
        if (line.Labels is not { } labels)
        {
            return null;
        }

        return (labels.TryGetValue("level", out string? name) || labels.TryGetValue("detected_level", out name))
            && LogLevelNames.TryParse(name, out LogLevel level) ? level : null;
    }
}
