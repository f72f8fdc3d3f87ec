namespace Flatnet.LogServer.Harness;

/// <summary>What a reader needs to know of a line to tell whether anything is missing or there twice.</summary>
/// <param name="Seq">Its place in the task.</param>
/// <param name="StreamId">Its agent process; empty for none.</param>
/// <param name="Sequence">Its number there.</param>
/// <param name="Source">stdout, stderr or agent.</param>
/// <param name="Timestamp">When it was read, RFC 3339.</param>
/// <param name="Message">The text.</param>
public sealed record StoredLine(long Seq, string StreamId, long Sequence, string Source, string Timestamp, string Message);
