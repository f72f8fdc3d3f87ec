namespace Flatnet.Server.Ingest;

/// <summary>How much the write path holds.</summary>
internal sealed record IngestOptions
{
    /// <summary>Bytes that may wait for a commit; writers beyond them wait.</summary>
    public long QueueBytes { get; init; } = 32 << 20;

    /// <summary>About how many bytes one commit takes.</summary>
    public long CommitBytes { get; init; } = 4 << 20;

    /// <summary>How many lines one commit takes.</summary>
    public int CommitLines { get; init; } = 10_000;
}
