namespace Flatnet.Agent.Configuration;

/// <summary>The WebSocket to the server.</summary>
internal sealed record SocketOptions
{
    /// <summary>The task's ID is added to its path.</summary>
    public required Uri Url { get; init; }

    /// <summary>How long connecting may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The first pause before connecting again; the next ones double. Null for the usual one.</summary>
    public required TimeSpan? ReconnectInterval { get; init; }

    /// <summary>Failures in a row after which REST is used for good; null for never.</summary>
    public required int? MaxReconnectAttempts { get; init; }

    public required TimeSpan HeartbeatInterval { get; init; }
}
