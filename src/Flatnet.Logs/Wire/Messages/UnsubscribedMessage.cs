namespace Flatnet.Logs.Wire;

/// <summary>No more lines follow.</summary>
/// <param name="TaskId">The task.</param>
public sealed record UnsubscribedMessage(string TaskId) : WireMessage(Name)
{
    /// <summary>The message's name.</summary>
    public const string Name = "unsubscribed";
}
