namespace Flatnet.Logs.Wire;

/// <summary>A viewer asks for a task's lines.</summary>
/// <param name="TaskId">The task; the same as in the address.</param>
/// <param name="Options">Which lines; null for all.</param>
public sealed record SubscribeMessage(string? TaskId, SubscribeOptions? Options = null) : WireMessage(Name)
{
    /// <summary>The message's name.</summary>
    public const string Name = "subscribe";
}
