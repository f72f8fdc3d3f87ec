namespace Flatnet.Podman;

/// <summary>Which part of a log to read.</summary>
public sealed record LogQuery
{
    /// <summary>From here on, inclusive; nanoseconds since 1970; null from the beginning.</summary>
    public long? Since { get; init; }

    /// <summary>Up to here, exclusive; null for no end.</summary>
    public long? Until { get; init; }

    /// <summary>Only the last so many lines of the history, counted after <see cref="Filter"/>; null for all of it.</summary>
    public int? Tail { get; init; }

    /// <summary>Go on with what is written from now on, until the container ends (or <see cref="Until"/> is past). No line twice, none left out.</summary>
    public bool Follow { get; init; }

    /// <summary>With <see cref="Follow"/>: do not end when the container stops; wait for its next start.</summary>
    public bool AcrossRestarts { get; init; }

    /// <summary>Lines that are not wanted are left out; null for all.</summary>
    public ILineFilter? Filter { get; init; }

    /// <summary>Told in one line what the reader wants a person to know: reconnecting, rotated away, lines recovered.</summary>
    public Action<string>? Notice { get; init; }
}
