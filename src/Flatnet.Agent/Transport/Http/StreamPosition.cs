namespace Flatnet.Agent.Transport.Http;

/// <summary>How far a stream is durable.</summary>
internal sealed record StreamPosition(string? StreamId, long LastSequence);
