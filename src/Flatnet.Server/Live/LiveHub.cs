using System.Collections.Concurrent;
using Flatnet.Logs;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Live;

/// <summary>Carries what is committed to who watches. A task has a channel here as long as somebody watches it.</summary>
internal sealed class LiveHub(ILogStore store, LiveOptions options)
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, Entry> _tasks = new(StringComparer.Ordinal);
    private readonly LiveChannel _statuses = new(options);

    /// <summary>Watches a task from now on; what was before comes from the store.</summary>
    public LiveSubscription Subscribe(LiveRequest request) => new(store, Join(request.TaskId), request);

    /// <summary>Watches the statuses of all tasks from now on.</summary>
    public LiveCursor WatchStatuses() => new(_statuses);

    public bool IsWatched(string taskId) => _tasks.ContainsKey(taskId);

    /// <summary>Lines of one task that are durable, in order of seq.</summary>
    public void PublishLines(string taskId, IReadOnlyList<LogEntry> entries)
    {
        if (entries.Count > 0 && _tasks.TryGetValue(taskId, out Entry? entry))
        {
            entry.Channel.Publish(new PublishedLines(taskId, entries));
        }
    }

    /// <summary>A task's status as it is now, after the lines published before.</summary>
    public void PublishStatus(TaskRecord task)
    {
        if (_tasks.TryGetValue(task.Id, out Entry? entry))
        {
            entry.Channel.Publish(new PublishedStatus(task));
        }

        _statuses.Publish(new PublishedStatus(task));
    }

    /// <summary>A task's lines below a seq were deleted.</summary>
    public void PublishTruncation(string taskId, long firstSeq)
    {
        if (_tasks.TryGetValue(taskId, out Entry? entry))
        {
            entry.Channel.Publish(new PublishedTruncation(firstSeq));
        }
    }

    /// <summary>Commits of other servers may have been missed: every viewer looks into the store.</summary>
    public void PublishDoubt()
    {
        foreach (Entry entry in _tasks.Values)
        {
            entry.Channel.Publish(new PublishedDoubt());
        }
    }

    private LiveCursor Join(string taskId)
    {
        lock (_lock)
        {
            Entry entry = _tasks.GetOrAdd(taskId, _ => new(new LiveChannel(options)));
            entry.Viewers++;
            return new(entry.Channel, () => Leave(taskId, entry));
        }
    }

    private void Leave(string taskId, Entry entry)
    {
        lock (_lock)
        {
            if (--entry.Viewers == 0)
            {
                _tasks.TryRemove(taskId, out _);
            }
        }
    }

    private sealed class Entry(LiveChannel channel)
    {
        public LiveChannel Channel { get; } = channel;

        public int Viewers { get; set; }
    }
}
