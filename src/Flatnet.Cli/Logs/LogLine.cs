using System.Collections.Immutable;
using Flatnet.Podman;

namespace Flatnet.Cli.Logs;

/// <summary>A line of any source.</summary>
/// <param name="Origin">Whose it is.</param>
/// <param name="Timestamp">Nanoseconds since 1970; null when the source does not tell.</param>
/// <param name="Channel">Where it was written; null when the source does not tell.</param>
/// <param name="Text">The line without its end, in UTF-8 or whatever was written. Valid only until the next line is asked for.</param>
/// <param name="Labels">The labels of its stream in Loki; null from elsewhere.</param>
/// <param name="Number">Its place among the lines that were looked at, where lines around matches are shown; else 0.</param>
internal readonly record struct LogLine(
    LogOrigin Origin,
    long? Timestamp,
    LogChannel? Channel,
    ReadOnlyMemory<byte> Text,
    ImmutableDictionary<string, string>? Labels = null,
    long Number = 0)
{
    /// <summary>As the engine's filters take it; a channel of 0 is an unknown one.</summary>
    public LogRecord Record => new(Timestamp ?? 0, Channel ?? 0, Text);

    /// <summary>The same line, to be kept.</summary>
    public LogLine Kept() => this with { Text = Text.ToArray() };
}
