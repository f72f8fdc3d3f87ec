using System.Collections.Immutable;

namespace Flatnet.Logs.Redaction;

/// <summary>Which lines are kept, and what of them. Patterns are regular expressions without regard to case.</summary>
public sealed record LogFilterOptions
{
    /// <summary>The least <see cref="MaxMessageLength"/>: a mask must have room.</summary>
    public const int LeastMessageLength = 16;

    /// <summary>The exclude patterns when nobody names any.</summary>
    public static ImmutableArray<string> DefaultExcludePatterns { get; } = [".*password.*", ".*secret.*", ".*token.*"];

    /// <summary>
    /// In mode <see cref="RedactionMode.Mask"/> what they match is masked; the three default ones, which match whole lines, stand
    /// for the secrets that are always masked. In mode <see cref="RedactionMode.Drop"/> the line is left out.
    /// </summary>
    public ImmutableArray<string> ExcludePatterns { get; init; } = DefaultExcludePatterns;

    /// <summary>A line is kept if one of them matches it as it was written.</summary>
    public ImmutableArray<string> IncludePatterns { get; init; } = [".*"];

    /// <summary>The longest message in bytes of UTF-8; a longer one is cut.</summary>
    public int MaxMessageLength { get; init; } = 8192;

    /// <summary>What the exclude patterns do.</summary>
    public RedactionMode Mode { get; init; } = RedactionMode.Mask;

    /// <summary>How long the patterns may take for a line. A line that takes longer is masked as a whole.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromMilliseconds(50);
}
