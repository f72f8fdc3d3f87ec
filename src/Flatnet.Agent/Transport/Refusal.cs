namespace Flatnet.Agent.Transport;

/// <summary>Why the server did not take something, whichever way it was sent.</summary>
internal enum Refusal
{
    /// <summary>It cannot be reached, or the connection broke.</summary>
    Unreachable = 1,

    /// <summary>It does not know who we are: 401, 4001.</summary>
    Unauthorized,

    /// <summary>It knows, and we may not: 403, 4003.</summary>
    Forbidden,

    /// <summary>There is no such task, perhaps not yet: 404, 4004.</summary>
    NotFound,

    /// <summary>Too much at once: 413, 1009.</summary>
    TooLarge,

    /// <summary>What was sent is wrong: 400 in the protocol's own words.</summary>
    Invalid,

    /// <summary>Too often: 429, 4029.</summary>
    Throttled,

    /// <summary>Not now: 503, 507, 1001, 1011, 1013 and anything else of the server's own.</summary>
    Busy,
}
