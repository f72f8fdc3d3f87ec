namespace Flatnet.Podman.Logs;

/// <summary>What to ask of a source. It sends at least this; it may send a little more around the times.</summary>
internal sealed record LogRequest
{
    /// <summary>From here on; nanoseconds since 1970; null from the beginning.</summary>
    public long? Since { get; init; }

    /// <summary>Up to here; null for no end. Not used when following.</summary>
    public long? Until { get; init; }

    /// <summary>Only so many of the last pieces or lines, whichever the source counts.</summary>
    public int? Tail { get; init; }

    /// <summary>Go on until the container ends.</summary>
    public bool Follow { get; init; }
}
