namespace Flatnet.Server.Storage;

/// <summary>What to change of a task; null leaves it.</summary>
internal sealed record TaskChange
{
    public TaskStatus? Status { get; init; }

    public int? ExitCode { get; init; }

    public TimeSpan? Retention { get; init; }

    public string? Script { get; init; }

    /// <summary>When, in nanoseconds since 1970.</summary>
    public required long At { get; init; }
}
