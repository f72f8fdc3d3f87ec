namespace Flatnet.Agent.Transport.Socket;

/// <summary>A frame that was sent and is not acknowledged yet.</summary>
internal readonly record struct Frame(long LastSequence, int Lines, int Bytes, LineStamp First, long SentAt);
