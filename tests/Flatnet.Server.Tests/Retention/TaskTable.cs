using Flatnet.Logs;
using Flatnet.Server.Ingest;
using Flatnet.Server.Storage;
using TaskStatus = Flatnet.Server.Storage.TaskStatus;

namespace Flatnet.Server.Tests.Retention;

/// <summary>A store of tasks whose lines are timestamps alone; it does what retention asks of a store and its writer, and notes it.</summary>
internal sealed class TaskTable : ILogStore, ILogWriter
{
    private readonly Dictionary<string, (TaskRecord Task, List<long> Lines)> _tasks = [];

    /// <summary>How many lines each delete took away, in order.</summary>
    public List<long> Deletes { get; } = [];

    /// <summary>The tasks that were deleted, in order.</summary>
    public List<string> Removed { get; } = [];

    /// <summary>Tasks that the store fails to delete.</summary>
    public HashSet<string> Broken { get; } = [];

    /// <summary>Called when a task was looked up by its ID.</summary>
    public Action<string>? OnFind { get; set; }

    public IEnumerable<string> Left => _tasks.Keys.Order(StringComparer.Ordinal);

    public void Add(string id, long updated, long? ended, TimeSpan? retention = null, params long[] lines) => _tasks[id] = (
        new TaskRecord
        {
            Id = id,
            Status = ended is null ? TaskStatus.Processing : TaskStatus.Completed,
            CreatedAt = 0,
            UpdatedAt = updated,
            EndedAt = ended,
            Retention = retention,
            FirstSeq = 1,
            LastSeq = lines.Length,
            Statistics = new(0, 0, [], [], null, null),
        },
        [.. lines]);

    public Task<TaskRecord?> FindTaskAsync(string taskId, CancellationToken cancellation)
    {
        OnFind?.Invoke(taskId);
        return Task.FromResult(_tasks.TryGetValue(taskId, out var found) ? Record(found) : null);
    }

    public Task<IReadOnlyList<TaskRecord>> ListTasksAsync(long? before, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<TaskRecord>>(
            [.. _tasks.Values.Select(Record).Where(task => !(task.UpdatedAt >= before)).OrderByDescending(static task => task.UpdatedAt).Take(limit)]);

    public Task<(long Count, long FirstSeq)> DeleteLinesAsync(string taskId, long? upTo, CancellationToken cancellation)
    {
        var count = _tasks[taskId].Lines.RemoveAll(line => line <= upTo);
        Deletes.Add(count);
        return Task.FromResult(((long)count, 1L));
    }

    public Task<bool> DeleteTaskAsync(string taskId, CancellationToken cancellation)
    {
        if (Broken.Contains(taskId))
        {
            throw new StoreException("Cannot delete: the disk is broken.");
        }

        if (!_tasks.Remove(taskId, out var task))
        {
            return Task.FromResult(false);
        }

        Deletes.Add(task.Lines.Count);
        Removed.Add(taskId);
        return Task.FromResult(true);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public Task OpenAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<AppendResult>> AppendAsync(IReadOnlyList<TaskAppend> appends, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<long> GetLastSequenceAsync(string taskId, string streamId, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<(TaskRecord Task, bool IsNew)> SaveTaskAsync(string taskId, TaskChange change, CancellationToken cancellation) => throw new NotSupportedException();

    public IAsyncEnumerable<LogEntry> ReadAsync(LogQuery query, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<long> CountAsync(LogQuery query, CancellationToken cancellation) => throw new NotSupportedException();

    public IAsyncEnumerable<(string TaskId, LogEntry Entry)> SearchAsync(LogQuery query, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<long> GetSizeAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task WatchOtherServersAsync(Func<Commit, Task> onCommit, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<AppendResult> WriteAsync(string taskId, IReadOnlyList<LogEntry> entries, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<TaskRecord> ChangeTaskAsync(string taskId, TaskChange change, CancellationToken cancellation) => throw new NotSupportedException();

    private static TaskRecord Record((TaskRecord Task, List<long> Lines) task) => task.Task with
    {
        Statistics = task.Task.Statistics with
        {
            Count = task.Lines.Count,
            Earliest = task.Lines.Count > 0 ? task.Lines.Min() : null,
            Latest = task.Lines.Count > 0 ? task.Lines.Max() : null,
        },
    };
}
