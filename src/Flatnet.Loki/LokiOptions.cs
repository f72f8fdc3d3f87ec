namespace Flatnet.Loki;

/// <summary>Where Loki is and who asks.</summary>
public sealed record LokiOptions
{
    /// <summary>Its address, such as <c>http://localhost:3100</c>; a path is put before Loki's own paths.</summary>
    public required Uri Url { get; init; }

    /// <summary>
    /// The tenant (<c>X-Scope-OrgID</c>); null without. Up to 150 letters, digits and <c>!-_.*'()</c>;
    /// several joined with <c>|</c> can be read, but neither tailed nor written to.
    /// </summary>
    public string? Tenant { get; init; }

    /// <summary>A bearer token; null without. Never shown.</summary>
    public string? Token { get; init; }

    /// <summary>How long a request may take; tails are not limited.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The pace of reading, which only tests change.</summary>
    internal LokiPace Pace { get; init; } = new();
}
