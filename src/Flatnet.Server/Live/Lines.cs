using Flatnet.Logs;

namespace Flatnet.Server.Live;

/// <summary>
/// Lines that passed a filter, at least one. All viewers with that filter get the same object, and with it the same bytes: each form
/// of message is written once, by the first that needs it.
/// </summary>
internal sealed record Lines(string TaskId, IReadOnlyList<LogEntry> Entries) : LiveEvent
{
    private readonly Lock _lock = new();
    private IReadOnlyList<ReadOnlyMemory<byte>>? _single;
    private IReadOnlyList<ReadOnlyMemory<byte>>? _batched;

    /// <summary>The messages that carry the lines: one <c>log</c> for each, or several in one <c>logs</c>.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Messages(bool isBatched)
    {
        lock (_lock)
        {
            return isBatched
                ? _batched ??= LineMessages.Batched(TaskId, Entries)
                : _single ??= LineMessages.Single(TaskId, Entries);
        }
    }
}
