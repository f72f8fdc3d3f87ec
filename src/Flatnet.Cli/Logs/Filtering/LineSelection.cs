using System.Collections.Immutable;
using Flatnet.Logs;
using Flatnet.Podman;

namespace Flatnet.Cli.Logs;

/// <summary>Which lines a user wants to see.</summary>
internal sealed record LineSelection
{
    /// <summary>A line must contain all of them, or none with <see cref="IsInverted"/>.</summary>
    public ImmutableArray<LinePattern> Patterns { get; init; } = [];

    public bool IsInverted { get; init; }

    /// <summary>A line that contains one of them is never shown, not even beside a match.</summary>
    public ImmutableArray<LinePattern> Excludes { get; init; } = [];

    /// <summary>Only what was written there; null for both.</summary>
    public LogChannel? Channel { get; init; }

    /// <summary>Only lines of these levels; empty for all, also those without a level.</summary>
    public ImmutableHashSet<LogLevel> Levels { get; init; } = [];

    /// <summary>How many lines to show before a match.</summary>
    public int Before { get; init; }

    /// <summary>How many lines to show after a match.</summary>
    public int After { get; init; }

    public bool HasContext => (Before > 0 || After > 0) && !Patterns.IsEmpty;

    /// <summary>Whether a line can only be judged with those around it: its neighbours are wanted, or a level that it has from the line before.</summary>
    public bool NeedsNeighbours => HasContext || !Levels.IsEmpty;

    /// <summary>Everything that can be judged line by line.</summary>
    public LineFilter WholeFilter() => new(Patterns, IsInverted, Excludes, Channel);

    /// <summary>What a line must be to be shown even beside a match.</summary>
    public LineFilter ViewFilter() => new([], false, Excludes, Channel);

    /// <summary>What makes it a match.</summary>
    public LineFilter MatchFilter() => new(Patterns, IsInverted, [], null);
}
