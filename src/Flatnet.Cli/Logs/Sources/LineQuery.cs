namespace Flatnet.Cli.Logs;

/// <summary>Which part of a target's lines to read.</summary>
internal sealed record LineQuery
{
    /// <summary>From here on, inclusive; nanoseconds since 1970; null from the beginning.</summary>
    public long? Since { get; init; }

    /// <summary>Up to here, exclusive; null for no end.</summary>
    public long? Until { get; init; }

    /// <summary>Only the last so many matching lines of the history; null for all.</summary>
    public int? Tail { get; init; }

    /// <summary>Go on with what is written from now on.</summary>
    public bool Follow { get; init; }

    /// <summary>With <see cref="Follow"/>: stay when the container stops, and go on with the next one of its name.</summary>
    public bool Restarts { get; init; }

    /// <summary>Which lines are wanted; null for all.</summary>
    public LineFilter? Filter { get; init; }

    /// <summary>Leave the lines as they are in the file, instead of making JSON readable.</summary>
    public bool Raw { get; init; }
}
