namespace Flatnet.Logs.Wire;

/// <summary>Lines follow.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Timestamp">The server's clock.</param>
/// <param name="FirstSeq">The first line of the history that follows; null without any.</param>
/// <param name="LastSeq">The task's last line now; 0 without any.</param>
public sealed record SubscribedMessage(string TaskId, string Timestamp, long? FirstSeq, long LastSeq) : WireMessage(Name)
{
    /// <summary>The message's name.</summary>
    public const string Name = "subscribed";
}
