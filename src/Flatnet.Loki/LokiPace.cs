namespace Flatnet.Loki;

/// <summary>The times and sizes by which lines are read.</summary>
internal sealed record LokiPace
{
    /// <summary>Loki's default limit of lines in one answer (<c>max_entries_limit_per_query</c>).</summary>
    public const int MaximumPage = 5000;

    /// <summary>Lines asked for at once.</summary>
    public int Page { get; init; } = 1000;

    /// <summary>How far a tail, or a query after a gap, reaches back behind what was already read.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a line is remembered to recognise it when it comes again.</summary>
    public TimeSpan Memory { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many lines are remembered at least.</summary>
    public int MemoryLines { get; init; } = 10_000;

    /// <summary>How long a live line waits for older lines of other streams.</summary>
    public TimeSpan ReorderWindow { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>After joining a tail, the moment to ask once more: Loki subscribes only after it has accepted the connection.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The pause between two queries where no tail can be had.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest first pause before connecting again; it doubles with each failure.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause before connecting again.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A connection that held this long makes the next pause short again.</summary>
    public TimeSpan Healthy { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of a tail that may wait to be read.</summary>
    public int QueueBytes { get; init; } = 32 * 1024 * 1024;
}
