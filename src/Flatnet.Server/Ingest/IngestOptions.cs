using Flatnet.Logs.Redaction;

namespace Flatnet.Server.Ingest;

/// <summary>How much the write path holds, and what it lets through.</summary>
internal sealed partial record IngestOptions
{
    /// <summary>Bytes that may wait for a commit; writers beyond them wait.</summary>
    public long QueueBytes { get; init; } = 32 << 20;

    /// <summary>About how many bytes one commit takes.</summary>
    public long CommitBytes { get; init; } = 4 << 20;

    /// <summary>How many lines one commit takes.</summary>
    public int CommitLines { get; init; } = 10_000;

    /// <summary>What is masked, left out and cut. The agent has done it before; not every writer is our agent.</summary>
    public LogFilterOptions Filters { get; init; } = new();
}
