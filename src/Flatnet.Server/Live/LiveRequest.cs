using Flatnet.Server.Storage;

namespace Flatnet.Server.Live;

/// <summary>Which lines of a task a viewer wants.</summary>
internal sealed record LiveRequest
{
    public required string TaskId { get; init; }

    public LogFilter Filter { get; init; } = LogFilter.All;

    /// <summary>The last line that the viewer has; null for none: <see cref="Tail"/> lines come first.</summary>
    public long? AfterSeq { get; init; }

    /// <summary>How many of the last lines that pass the filter come first.</summary>
    public int Tail { get; init; } = 100;

    /// <summary>Whether it goes on after the history.</summary>
    public bool IsRealtime { get; init; } = true;
}
