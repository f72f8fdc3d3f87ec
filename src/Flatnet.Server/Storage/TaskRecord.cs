namespace Flatnet.Server.Storage;

/// <summary>A task and what its lines add up to. Times are nanoseconds since 1970.</summary>
internal sealed record TaskRecord
{
    public required string Id { get; init; }

    public required TaskStatus Status { get; init; }

    public int? ExitCode { get; init; }

    public required long CreatedAt { get; init; }

    /// <summary>The last append or change.</summary>
    public required long UpdatedAt { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public long? EndedAt { get; init; }

    /// <summary>How long its lines are kept after its end, in place of the server's own time; null for that.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>The script document of <c>GET /tasks/{id}/script</c>, as JSON; null for none.</summary>
    public string? Script { get; init; }

    /// <summary>The least seq that is left; <see cref="LastSeq"/> + 1 if no line is.</summary>
    public required long FirstSeq { get; init; }

    /// <summary>The last seq that was given; 0 for none.</summary>
    public required long LastSeq { get; init; }

    /// <summary>Statistics of the lines that are left.</summary>
    public required TaskStatistics Statistics { get; init; }
}
