using Flatnet.Logs;

namespace Flatnet.Agent.Configuration;

/// <summary>What of a task's output is streamed, and how eagerly.</summary>
internal sealed record StreamingOptions
{
    public required bool IsEnabled { get; init; }

    /// <summary>Lines that are spooled in one write, at most.</summary>
    public required int BufferSize { get; init; }

    /// <summary>Lines that are enough to send while earlier ones are on their way.</summary>
    public required int BatchSize { get; init; }

    /// <summary>How long fewer lines than that wait.</summary>
    public required TimeSpan FlushInterval { get; init; }

    /// <summary>Lines below it are counted and not streamed.</summary>
    public required LogLevel Level { get; init; }

    /// <summary>What a line of standard error has for a level when it says none.</summary>
    public required LogLevel StderrDefault { get; init; }

    /// <summary>How often a batch is posted again before the server is left alone for a while.</summary>
    public required int MaxRetries { get; init; }

    /// <summary>The pause before that.</summary>
    public required TimeSpan RetryInterval { get; init; }

    /// <summary>Streams sent at the same time: the task's own, and leftovers of earlier runs.</summary>
    public required int MaxConcurrentStreams { get; init; }

    /// <summary>Lines a second that are sent, after a burst of ten seconds' worth; 0 for as many as there are.</summary>
    public required int RateLimitPerSecond { get; init; }

    /// <summary>Bytes that queued and sent lines may hold.</summary>
    public required long MemoryLimit { get; init; }
}
