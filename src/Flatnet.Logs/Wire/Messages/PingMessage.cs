namespace Flatnet.Logs.Wire;

/// <summary>Are you there? Either side asks; <c>heartbeat</c> is an older name.</summary>
/// <param name="Timestamp">The asker's clock; comes back unchanged.</param>
public sealed record PingMessage(string? Timestamp) : WireMessage(Name)
{
    /// <summary>The message's name.</summary>
    public const string Name = "ping";
}
