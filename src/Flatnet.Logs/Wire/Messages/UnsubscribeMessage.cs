namespace Flatnet.Logs.Wire;

/// <summary>A viewer has seen enough; the connection stays.</summary>
/// <param name="TaskId">The task.</param>
public sealed record UnsubscribeMessage(string? TaskId) : WireMessage(Name)
{
    /// <summary>The message's name.</summary>
    public const string Name = "unsubscribe";
}
