using Flatnet.Logs;

namespace Flatnet.Server.Storage;

/// <summary>Lines for a task.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Entries">The lines, in the order in which they get their numbers; their seq is 0.</param>
/// <param name="Received">When the server got them, in nanoseconds since 1970.</param>
internal sealed record TaskAppend(string TaskId, IReadOnlyList<LogEntry> Entries, long Received);
