using Flatnet.Logs;

namespace Flatnet.Agent.Capture;

/// <summary>A line as it was read, or a part of one.</summary>
internal readonly ref struct RawLine
{
    public required LogSource Source { get; init; }

    /// <summary>Its bytes, without the line end; of any encoding.</summary>
    public required ReadOnlySpan<byte> Text { get; init; }

    /// <summary>Its number in its source, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>When it was read, in nanoseconds since 1970.</summary>
    public required long Timestamp { get; init; }

    /// <summary>More of the same line follows.</summary>
    public bool IsPartial { get; init; }

    /// <summary>It is a later part of a line that was too long.</summary>
    public bool IsContinuation { get; init; }

    /// <summary>The sequence of the unfinished line that it contains; 0 for none.</summary>
    public long Replaces { get; init; }
}
