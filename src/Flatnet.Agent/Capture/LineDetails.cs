using Flatnet.Logs;

namespace Flatnet.Agent.Capture;

/// <summary>What was found out about a line.</summary>
internal readonly ref struct LineDetails
{
    public required long Sequence { get; init; }

    public required LogLevel Level { get; init; }

    /// <summary>When it was read, as RFC 3339 writes it.</summary>
    public required ReadOnlySpan<byte> Time { get; init; }

    /// <summary>The message's length before it was cut; 0 for a whole one.</summary>
    public int OriginalLength { get; init; }

    /// <summary>It was not UTF-8; what could not be read is U+FFFD.</summary>
    public bool IsInvalidText { get; init; }
}
