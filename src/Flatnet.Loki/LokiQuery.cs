namespace Flatnet.Loki;

/// <summary>Which lines to read.</summary>
public sealed record LokiQuery
{
    /// <summary>A log query: a stream selector with line filters.</summary>
    public required string Query { get; init; }

    /// <summary>From here on, inclusive; nanoseconds since 1970. Null with <see cref="Tail"/>: the window widens until there are enough.</summary>
    public long? Since { get; init; }

    /// <summary>Up to here, exclusive; null for now.</summary>
    public long? Until { get; init; }

    /// <summary>Only the last so many lines of the history; null for all.</summary>
    public int? Tail { get; init; }

    /// <summary>How far back a widening window goes.</summary>
    public TimeSpan MaxLookback { get; init; } = TimeSpan.FromHours(168);

    /// <summary>Go on with what arrives from now on. No line twice, none left out.</summary>
    public bool Follow { get; init; }

    /// <summary>Told in one line what a person should know: reconnecting, lines recovered, polling instead of tailing.</summary>
    public Action<string>? Notice { get; init; }
}
