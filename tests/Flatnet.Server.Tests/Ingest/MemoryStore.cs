using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Flatnet.Logs;
using Flatnet.Server.Storage;
using TaskStatus = Flatnet.Server.Storage.TaskStatus;

namespace Flatnet.Server.Tests.Ingest;

/// <summary>A store in memory that a test can hold, make fail, and watch.</summary>
internal sealed class MemoryStore : ILogStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, StoredTask> _tasks = [];
    private readonly Channel<Commit> _others = Channel.CreateUnbounded<Commit>();

    /// <summary>Comes before each append: wait in it to hold the store, throw in it to make it fail.</summary>
    public Func<IReadOnlyList<TaskAppend>, Task> BeforeAppend { get; set; } = _ => Task.CompletedTask;

    public Func<Task> BeforeFind { get; set; } = () => Task.CompletedTask;

    /// <summary>How many lines each commit had.</summary>
    public List<int> Commits { get; } = [];

    public Task OpenAsync(CancellationToken cancellation) => Task.CompletedTask;

    public async Task<IReadOnlyList<AppendResult>> AppendAsync(IReadOnlyList<TaskAppend> appends, CancellationToken cancellation)
    {
        await BeforeAppend(appends);
        lock (_lock)
        {
            Commits.Add(appends.Sum(append => append.Entries.Count));
            return [.. appends.Select(Append)];
        }
    }

    /// <summary>What another server with the same store does.</summary>
    public AppendResult AppendElsewhere(string taskId, params LogEntry[] entries)
    {
        lock (_lock)
        {
            return Append(new(taskId, entries, 0));
        }
    }

    public void TellOfCommit(Commit commit) => _others.Writer.TryWrite(commit);

    public Task<long> GetLastSequenceAsync(string taskId, string streamId, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(_tasks.GetValueOrDefault(taskId)?.Streams.GetValueOrDefault(streamId) ?? 0);
        }
    }

    public async Task<TaskRecord?> FindTaskAsync(string taskId, CancellationToken cancellation)
    {
        await BeforeFind();
        lock (_lock)
        {
            return _tasks.GetValueOrDefault(taskId)?.Now;
        }
    }

    public Task<IReadOnlyList<TaskRecord>> ListTasksAsync(long? before, int limit, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<TaskRecord>>(
                [.. _tasks.Values.Select(task => task.Now).Where(task => !(task.UpdatedAt >= before)).OrderByDescending(task => task.UpdatedAt).Take(limit)]);
        }
    }

    public Task<(TaskRecord Task, bool IsNew)> SaveTaskAsync(string taskId, TaskChange change, CancellationToken cancellation)
    {
        lock (_lock)
        {
            bool isNew = !_tasks.ContainsKey(taskId);
            StoredTask task = Get(taskId, change.At);
            task.Record = task.Record with
            {
                Status = change.Status ?? task.Record.Status,
                ExitCode = change.ExitCode ?? task.Record.ExitCode,
                Script = change.Script ?? task.Record.Script,
                Retention = change.Retention ?? task.Record.Retention,
                UpdatedAt = change.At,
            };
            return Task.FromResult((task.Now, isNew));
        }
    }

    public async IAsyncEnumerable<LogEntry> ReadAsync(LogQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (LogEntry entry in Select(query))
        {
            await Task.Yield();
            yield return entry;
        }
    }

    public Task<long> CountAsync(LogQuery query, CancellationToken cancellation) => Task.FromResult<long>(Select(query).Length);

    public IAsyncEnumerable<(string TaskId, LogEntry Entry)> SearchAsync(LogQuery query, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _tasks.Values.OrderByDescending(task => task.Record.UpdatedAt).Select(task => task.Record.Id).ToArray()
                .SelectMany(id => Select(query with { TaskId = id, Limit = null }).Select(line => (id, line)))
                .Take(query.Limit ?? int.MaxValue).ToArray().ToAsyncEnumerable();
        }
    }

    public Task<(long Count, long FirstSeq)> DeleteLinesAsync(string taskId, long? upTo, CancellationToken cancellation)
    {
        lock (_lock)
        {
            StoredTask task = Get(taskId, 0);
            int count = task.Lines.RemoveAll(line => upTo is null || line.Timestamp <= upTo);
            task.Record = task.Record with { FirstSeq = task.Lines.Count > 0 ? task.Lines[0].Seq : task.Record.LastSeq + 1 };
            return Task.FromResult(((long)count, task.Record.FirstSeq));
        }
    }

    public Task<bool> DeleteTaskAsync(string taskId, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(_tasks.Remove(taskId));
        }
    }

    public Task<long> GetSizeAsync(CancellationToken cancellation) => Task.FromResult(0L);

    public async Task WatchOtherServersAsync(Func<Commit, Task> onCommit, CancellationToken cancellation)
    {
        await foreach (Commit commit in _others.Reader.ReadAllAsync(cancellation))
        {
            if (commit.LastSeq < 0)
            {
                throw new StoreException("cannot listen: the connection broke.");
            }

            await onCommit(commit);
        }
    }

    public LogEntry[] Lines(string taskId) => Select(new() { TaskId = taskId });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private AppendResult Append(TaskAppend append)
    {
        StoredTask task = Get(append.TaskId, append.Received);
        task.Record = task.Record with { UpdatedAt = append.Received };
        var stored = new List<LogEntry>();
        foreach (LogEntry entry in append.Entries)
        {
            if (entry.StreamId is { } stream)
            {
                if (entry.Sequence <= task.Streams.GetValueOrDefault(stream))
                {
                    continue;
                }

                task.Streams[stream] = entry.Sequence;
            }

            task.Record = task.Record with { LastSeq = task.Record.LastSeq + 1 };
            stored.Add(entry with { Seq = task.Record.LastSeq });
        }

        task.Lines.AddRange(stored);
        return new(stored, append.Entries.Count - stored.Count, task.Record.LastSeq);
    }

    private StoredTask Get(string taskId, long at)
    {
        if (!_tasks.TryGetValue(taskId, out StoredTask? task))
        {
            _tasks.Add(taskId, task = new(taskId, at));
        }

        return task;
    }

    private LogEntry[] Select(LogQuery query)
    {
        lock (_lock)
        {
            IEnumerable<LogEntry> lines = (_tasks.GetValueOrDefault(query.TaskId)?.Lines ?? []).Where(line =>
                line.Seq > query.AfterSeq && line.Seq < (query.BeforeSeq ?? long.MaxValue) && !(line.Timestamp < query.From) && !(line.Timestamp >= query.To) && query.Filter.Matches(line));
            lines = query.Descending ? lines.Reverse() : lines;
            return [.. lines.Skip((int)query.Skip).Take(query.Limit ?? int.MaxValue)];
        }
    }

    private sealed class StoredTask(string id, long at)
    {
        public TaskRecord Record { get; set; } = new()
        {
            Id = id,
            Status = TaskStatus.Processing,
            CreatedAt = at,
            UpdatedAt = at,
            FirstSeq = 1,
            LastSeq = 0,
            Statistics = new(0, 0, [.. new long[4]], [.. new long[7]], null, null),
        };

        public List<LogEntry> Lines { get; } = [];

        /// <summary>The record with what the lines add up to.</summary>
        public TaskRecord Now => Record with
        {
            Statistics = new(
                Lines.Count,
                Lines.Sum(line => System.Text.Encoding.UTF8.GetByteCount(line.Message)),
                [.. Enumerable.Range(0, 4).Select(source => (long)Lines.Count(line => (int)line.Source == source))],
                [.. Enumerable.Range(0, 7).Select(level => (long)Lines.Count(line => (int)line.Level == level))],
                Lines.Count > 0 ? Lines.Min(line => line.Timestamp) : null,
                Lines.Count > 0 ? Lines.Max(line => line.Timestamp) : null),
        };

        public Dictionary<string, long> Streams { get; } = [];
    }
}
