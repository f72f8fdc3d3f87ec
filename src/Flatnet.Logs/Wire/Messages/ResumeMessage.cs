namespace Flatnet.Logs.Wire;

/// <summary>An agent asks what of its stream is durable; the answer is an <c>ack</c>.</summary>
/// <param name="StreamId">The agent process.</param>
public sealed record ResumeMessage(string? StreamId) : WireMessage(Name)
{
    /// <summary>The message's name.</summary>
    public const string Name = "resume";
}
