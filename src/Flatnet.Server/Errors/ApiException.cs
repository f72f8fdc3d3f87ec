using System.Collections.Immutable;

namespace Flatnet.Server.Errors;

/// <summary>A request that cannot be served, as its asker is told: <c>{"error":{"code","message","status","details"},"meta":{…}}</c>.</summary>
internal sealed class ApiException(int status, string code, string message, ImmutableDictionary<string, string>? details = null) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>See <see cref="Logs.Wire.ErrorCode"/>.</summary>
    public string Code { get; } = code;

    /// <summary>Which parameter, what is accepted, and so on; never a secret.</summary>
    public ImmutableDictionary<string, string> Details { get; } = details ?? ImmutableDictionary<string, string>.Empty;

    /// <summary>When to try again; null for no advice.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
