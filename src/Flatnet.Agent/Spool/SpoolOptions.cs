namespace Flatnet.Agent.Spool;

/// <summary>Where lines wait for the server, and how many.</summary>
/// <param name="Directory">The directory of all streams; made, for its owner alone, when it is not there.</param>
internal sealed record SpoolOptions(string Directory)
{
    private const long LargestSegment = 8 << 20;

    /// <summary>How much one stream may take on the disk.</summary>
    public long MaxBytes { get; init; } = 1L << 30;

    /// <summary>What happens at <see cref="MaxBytes"/>, and on a full disk.</summary>
    public SpoolOverflow Overflow { get; init; } = SpoolOverflow.Block;

    /// <summary>When lines are made safe against a crash of the machine. A crash of the agent alone never loses one that was written.</summary>
    public SpoolFsync Fsync { get; init; } = SpoolFsync.Batch;

    /// <summary>How large a file becomes before the next one is begun: files are what is deleted, so there are always several.</summary>
    public long SegmentBytes => Math.Clamp(MaxBytes / 8, 4096, LargestSegment);
}
