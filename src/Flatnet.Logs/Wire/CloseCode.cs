namespace Flatnet.Logs.Wire;

/// <summary>Why the server closes a WebSocket (RFC 6455, section 7.4; from 4000 on our own).</summary>
public static class CloseCode
{
    /// <summary>The server stops; come back.</summary>
    public const int Shutdown = 1001;

    /// <summary>A message was longer than accepted.</summary>
    public const int TooBig = 1009;

    /// <summary>The server failed.</summary>
    public const int Internal = 1011;

    /// <summary>Too many connections; come back later.</summary>
    public const int TryLater = 1013;

    /// <summary>No token, a bad one, or one that ran out.</summary>
    public const int Unauthorized = 4001;

    /// <summary>The token does not allow it.</summary>
    public const int Forbidden = 4003;

    /// <summary>There is no such task.</summary>
    public const int TaskNotFound = 4004;

    /// <summary>The viewer did not read for too long.</summary>
    public const int TooSlow = 4008;

    /// <summary>Too many messages.</summary>
    public const int RateLimited = 4029;
}
