using System.Collections.Immutable;

namespace Flatnet.Cli.Logs;

/// <summary>What a user asked for, checked.</summary>
internal sealed record LogsOptions
{
    public required ImmutableArray<string> Targets { get; init; }

    /// <summary>Which part of the log. The filter is added by whoever reads.</summary>
    public LineQuery Query { get; init; } = new();

    public LineSelection Selection { get; init; } = new();

    public Provider Provider { get; init; }

    public OutputFormat Format { get; init; }

    /// <summary>With <see cref="OutputFormat.Template"/>.</summary>
    public LineTemplate? Template { get; init; }

    /// <summary>Whether to show times; null for what is usual with the source.</summary>
    public bool? Timestamps { get; init; }

    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Whether to show names; null if there are several.</summary>
    public bool? Prefix { get; init; }

    public ImmutableArray<LinePattern> Highlights { get; init; } = [];

    /// <summary>Stop after so many lines; null for no limit.</summary>
    public int? Limit { get; init; }
}
