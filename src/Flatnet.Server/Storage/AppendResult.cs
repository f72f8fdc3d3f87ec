using Flatnet.Logs;

namespace Flatnet.Server.Storage;

/// <summary>What became of an append.</summary>
/// <param name="Stored">The new lines with their seq, in order.</param>
/// <param name="Duplicates">How many lines were there already.</param>
/// <param name="LastSeq">The task's last seq now.</param>
internal sealed record AppendResult(IReadOnlyList<LogEntry> Stored, int Duplicates, long LastSeq);
