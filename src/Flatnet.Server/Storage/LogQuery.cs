namespace Flatnet.Server.Storage;

/// <summary>Which of a task's lines, and in what order.</summary>
internal sealed record LogQuery
{
    public required string TaskId { get; init; }

    /// <summary>Lines above this seq; 0 for all.</summary>
    public long AfterSeq { get; init; }

    /// <summary>Lines below this seq; null for all.</summary>
    public long? BeforeSeq { get; init; }

    /// <summary>Timestamp at least this; null for all.</summary>
    public long? From { get; init; }

    /// <summary>Timestamp below this; null for all.</summary>
    public long? To { get; init; }

    /// <summary>Which sources and levels, and what must be in the text.</summary>
    public LogFilter Filter { get; init; } = LogFilter.All;

    /// <summary>Last line first.</summary>
    public bool Descending { get; init; }

    /// <summary>Matching lines to leave out at the start.</summary>
    public long Skip { get; init; }

    /// <summary>Matching lines at most; null for all.</summary>
    public int? Limit { get; init; }
}
