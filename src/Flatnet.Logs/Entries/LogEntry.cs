namespace Flatnet.Logs;

/// <summary>One line of a task's log.</summary>
public sealed record LogEntry
{
    /// <summary>The line's place in its task, from 1, given by the server when the line is durable; 0 before that. Order and cursor.</summary>
    public long Seq { get; init; }

    /// <summary>When the line was read, in nanoseconds since 1970, UTC. To show and to filter by; the order is <see cref="Seq"/>'s.</summary>
    public required long Timestamp { get; init; }

    /// <summary>Where it comes from.</summary>
    public required LogSource Source { get; init; }

    /// <summary>How serious it is.</summary>
    public required LogLevel Level { get; init; }

    /// <summary>The text, without its line end.</summary>
    public required string Message { get; init; }

    /// <summary>The line's number in its source, from 1; the parts of a cut line have the same.</summary>
    public long? LineNumber { get; init; }

    /// <summary>What else is known, as the text of a JSON object; null for nothing.</summary>
    public string? Metadata { get; init; }

    /// <summary>The agent process that read the line; with <see cref="Sequence"/> and the task it is the line's identity. Null for lines without one.</summary>
    public string? StreamId { get; init; }

    /// <summary>The line's number in its stream, from 1, over all sources; 0 for lines without an identity.</summary>
    public long Sequence { get; init; }

    /// <summary>More of the same line follows, in an entry of its own.</summary>
    public bool IsPartial { get; init; }

    /// <summary>The sequence of the partial entry (a prompt without line end) that this entry contains whole; 0 for none.</summary>
    public long Replaces { get; init; }

    /// <summary>The message's length in bytes before it was cut; 0 for a whole message.</summary>
    public int OriginalLength { get; init; }
}
