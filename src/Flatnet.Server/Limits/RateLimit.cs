namespace Flatnet.Server.Limits;

/// <summary>Which limit.</summary>
internal enum RateLimit
{
    /// <summary>Requests that read logs.</summary>
    Reads,

    /// <summary>WebSocket connections begun.</summary>
    Connects,

    /// <summary>Credentials refused.</summary>
    Failures,

    /// <summary>Attempts to log in.</summary>
    Logins,
}
