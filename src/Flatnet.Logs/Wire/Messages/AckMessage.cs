namespace Flatnet.Logs.Wire;

/// <summary>All lines of the stream up to this one are durable.</summary>
/// <param name="StreamId">The agent process.</param>
/// <param name="Sequence">Its last durable line; 0 for none.</param>
/// <param name="Durable">Always true.</param>
public sealed record AckMessage(string StreamId, long Sequence, bool Durable = true) : WireMessage(Name)
{
    /// <summary>The message's name.</summary>
    public const string Name = "ack";
}
