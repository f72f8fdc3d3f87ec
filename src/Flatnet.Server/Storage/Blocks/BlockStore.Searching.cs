using System.Runtime.CompilerServices;
using Flatnet.Logs;

namespace Flatnet.Server.Storage.Blocks;

internal sealed partial class BlockStore
{
    private const int TasksAtOnce = 256;

    /// <summary>So many lines may be kept in memory until the turn of their tasks comes.</summary>
    private const long MostLinesAhead = 4000;

    public async IAsyncEnumerable<(string TaskId, LogEntry Entry)> SearchAsync(
        LogQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long skip = query.Skip;
        int left = query.Limit ?? int.MaxValue;
        if (left <= 0)
        {
            yield break;
        }

        List<TaskRecord> tasks = await ListAllTasksAsync(cancellation);
        bool isAhead = query.Filter.NeedsText && (skip + left) * Environment.ProcessorCount <= MostLinesAhead;
        await foreach ((string taskId, LogEntry entry) in isAhead
            ? SearchAheadAsync(query, tasks, (int)skip + left, cancellation)
            : SearchInTurnAsync(query, tasks, cancellation))
        {
            if (skip > 0)
            {
                skip--;
                continue;
            }

            yield return (taskId, entry);
            if (--left == 0)
            {
                yield break;
            }
        }
    }

    private async IAsyncEnumerable<(string TaskId, LogEntry Entry)> SearchInTurnAsync(
        LogQuery query, List<TaskRecord> tasks, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (TaskRecord task in tasks)
        {
            await foreach (LogEntry entry in ReadAsync(query with { TaskId = task.Id, Skip = 0, Limit = null }, task, cancellation))
            {
                yield return (task.Id, entry);
            }
        }
    }

    /// <summary>The same, with as many tasks searched at once as there are processors: unpacking their blocks is what takes the time.</summary>
    private async IAsyncEnumerable<(string TaskId, LogEntry Entry)> SearchAheadAsync(
        LogQuery query, List<TaskRecord> tasks, int most, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var ahead = new Queue<Task<List<LogEntry>>>();
        int started = 0;
        try
        {
            foreach (TaskRecord task in tasks)
            {
                while (started < tasks.Count && ahead.Count < Environment.ProcessorCount)
                {
                    ahead.Enqueue(FindAsync(query with { Skip = 0, Limit = most }, tasks[started++], over.Token));
                }

                foreach (LogEntry entry in await ahead.Dequeue())
                {
                    yield return (task.Id, entry);
                }
            }
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(ahead.Cast<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task<List<LogEntry>> FindAsync(LogQuery query, TaskRecord task, CancellationToken cancellation) => Task.Run(
        async () =>
        {
            var found = new List<LogEntry>();
            await foreach (LogEntry entry in ReadAsync(query with { TaskId = task.Id }, task, cancellation))
            {
                found.Add(entry);
            }

            return found;
        },
        cancellation);

    /// <summary>The list first, then the lines: a task that moves in the list meanwhile is neither missed nor met twice.</summary>
    private async Task<List<TaskRecord>> ListAllTasksAsync(CancellationToken cancellation)
    {
        var all = new List<TaskRecord>();
        long before = long.MaxValue;
        for (; ; )
        {
            IReadOnlyList<TaskRecord> page = await database.ListTasksAsync(before, TasksAtOnce, cancellation);
            all.AddRange(page);
            if (page.Count < TasksAtOnce)
            {
                return all;
            }

            before = page[^1].UpdatedAt;
        }
    }
}
