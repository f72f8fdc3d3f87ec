using System.Collections.Immutable;

namespace Flatnet.Logs.Wire;

/// <summary>Which lines a viewer wants.</summary>
public sealed record SubscribeOptions
{
    /// <summary>Sources; null or empty for all.</summary>
    public ImmutableArray<string>? Sources { get; init; }

    /// <summary>Levels; null or empty for all. DEBUG includes TRACE, ERROR includes FATAL.</summary>
    public ImmutableArray<string>? Levels { get; init; }

    /// <summary>False: history only, then <c>end</c>. True or null: go on with new lines.</summary>
    public bool? Realtime { get; init; }

    /// <summary>The last line that the viewer has: what follows is sent. Wins over <see cref="Tail"/>.</summary>
    public long? AfterSeq { get; init; }

    /// <summary>How many of the last lines come first, 0 to 10,000; null for 100.</summary>
    public int? Tail { get; init; }

    /// <summary>True: lines come several at a time, as <c>logs</c>.</summary>
    public bool? Batch { get; init; }

    /// <summary>Only lines with this text in them, in any case.</summary>
    public string? Q { get; init; }
}
