namespace Flatnet.Loki;

/// <summary>Where Loki is and who asks.</summary>
public sealed record LokiOptions
{
    /// <summary>Its address without a path, such as <c>http://localhost:3100</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>The tenant (<c>X-Scope-OrgID</c>); null without.</summary>
    public string? Tenant { get; init; }

    /// <summary>A bearer token; null without. Never shown.</summary>
    public string? Token { get; init; }

    /// <summary>How long a request may take; tails are not limited.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
