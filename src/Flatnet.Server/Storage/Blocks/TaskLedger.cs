using Flatnet.Logs;

namespace Flatnet.Server.Storage.Blocks;

/// <summary>The ledgers of a task's streams, as far as they were needed.</summary>
internal sealed class TaskLedger(string taskId)
{
    private readonly Dictionary<string, StreamLedger> _streams = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    public bool Knows(string streamId) => _streams.ContainsKey(streamId);

    /// <summary>Takes a stream as it is stored; null if nothing of it is.</summary>
    public void Load(string streamId, StreamState? state) => _streams[streamId] = new StreamLedger(state);

    /// <summary>Whether a line is new. A line without an identity always is.</summary>
    public bool TryAdd(LogEntry entry)
    {
        if (!HasIdentity(entry))
        {
            return true;
        }

        bool isNew = _streams[entry.StreamId!].TryAdd(entry.Sequence);
        if (isNew)
        {
            _changed.Add(entry.StreamId!);
        }

        return isNew;
    }

    /// <summary>The streams that changed since they were last taken.</summary>
    public IReadOnlyList<StreamState> TakeChanges()
    {
        StreamState[] changes =
            [.. _changed.Select(id => new StreamState(taskId, id, _streams[id].LastSequence, _streams[id].Holes))];
        _changed.Clear();
        return changes;
    }

    public static bool HasIdentity(LogEntry entry) => entry.StreamId is not null && entry.Sequence > 0;
}
