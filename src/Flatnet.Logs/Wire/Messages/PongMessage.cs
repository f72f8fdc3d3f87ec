namespace Flatnet.Logs.Wire;

/// <summary>I am.</summary>
/// <param name="Timestamp">What the ping said.</param>
public sealed record PongMessage(string? Timestamp) : WireMessage(Name)
{
    /// <summary>The message's name.</summary>
    public const string Name = "pong";
}
