namespace Flatnet.Logs;

/// <summary>The levels of one stream's lines, in order: the lines of a stack trace have the level of the line that they follow.</summary>
public sealed class LevelTracker
{
    // A program writes a stack trace in one go.
    private const long Together = 50_000_000;

    private LogLevel? _level;
    private long _timestamp = long.MinValue;

    /// <summary>The level of the next line; null when nothing tells it.</summary>
    /// <param name="line">The line in UTF-8.</param>
    /// <param name="timestamp">When it was written, in nanoseconds; the difference to the line before counts.</param>
    public LogLevel? Next(ReadOnlySpan<byte> line, long timestamp)
    {
        LogLevel? level = LevelDetector.Detect(line);
        if (level is null && _level is not null && IsContinuation(line) && timestamp - _timestamp is >= 0 and <= Together)
        {
            level = _level;
        }

        _level = level;
        _timestamp = timestamp;
        return level;
    }

    private static bool IsContinuation(ReadOnlySpan<byte> line) =>
        line is [(byte)' ' or (byte)'\t', ..] || line.StartsWith("at "u8) || line.StartsWith("Caused by:"u8) || line.StartsWith("Traceback"u8);
}
