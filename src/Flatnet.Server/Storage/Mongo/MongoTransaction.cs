using System.Diagnostics;
using Flatnet.Server.Storage.Blocks;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Flatnet.Server.Storage.Mongo;

/// <summary>A change that locks nothing in the database: it remembers its tasks as they were, and the commit notices if they are others.</summary>
internal sealed class MongoTransaction(MongoConnection connection, TreeReader reader, MongoCommits commits, TaskLocks locks) : IBlockTransaction
{
    private readonly Dictionary<string, TaskRoot> _roots = new(StringComparer.Ordinal);
    private IReadOnlyList<SemaphoreSlim> _locks = [];

    public async Task<IReadOnlyList<TaskState>> LockTasksAsync(IReadOnlyList<string> taskIds, CancellationToken cancellation)
    {
        _locks = await locks.TakeAsync(taskIds, cancellation).ConfigureAwait(false);

        // A server that is at it needs milliseconds for all of its commit.
        TimeSpan patience = connection.Patience / 6;
        var seen = new Dictionary<long, long>();
        while (true)
        {
            List<TaskRoot> roots = await reader.FindRootsAsync(Builders<BsonDocument>.Filter.In("_id", taskIds), cancellation).ConfigureAwait(false);
            if (roots.Find(static root => root.Commit != 0) is not { } prepared)
            {
                roots.ForEach(root => _roots[root.TaskId] = root);
                return [.. roots.Select(static root => root.Now?.State).OfType<TaskState>()];
            }

            seen.TryAdd(prepared.Commit, Stopwatch.GetTimestamp());
            await commits.SettleAsync(prepared, Stopwatch.GetElapsedTime(seen[prepared.Commit]) > patience, cancellation).ConfigureAwait(false);
        }
    }

    public async Task<bool> CommitAsync(BlockChanges changes, CancellationToken cancellation)
    {
        long number = TaskRoot.NewNumber();
        var edits = new List<TreeEdit>();
        var tasks = new List<(long, TaskRoot)>();
        foreach (string taskId in changes.Tasks.Select(static task => task.Record.Id).Concat(changes.DeletedTasks).Order(StringComparer.Ordinal))
        {
            TaskRoot? root = _roots.GetValueOrDefault(taskId);
            var edit = new TreeEdit(taskId, root?.Now, page => reader.ReadPageAsync(taskId, page, cancellation));
            try
            {
                TaskTree? next = await EditAsync(edit, taskId, changes).ConfigureAwait(false);
                tasks.Add((root?.Revision ?? TaskRoot.None, new TaskRoot(taskId, TaskRoot.NewNumber(), root?.Now, number, next)));
            }
            catch (MissingPartException missing)
            {
                List<TaskRoot> now = await reader.FindRootsAsync(Builders<BsonDocument>.Filter.Eq("_id", taskId), cancellation).ConfigureAwait(false);
                return now is [var same] && same.Revision == root!.Revision ? throw reader.Damaged(taskId, missing) : false;
            }

            edits.Add(edit);
        }

        List<TreePart> parts = [.. edits.SelectMany(static edit => edit.NewParts)];
        var record = new CommitRecord(
            number,
            DateTime.UtcNow,
            CommitState.Begun,
            [.. parts.Select(static part => part.Number)],
            [.. edits.SelectMany(static edit => edit.OldParts)],
            [.. changes.Commits]);
        return await commits.CommitAsync(record, parts, tasks, cancellation).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        TaskLocks.Release(_locks);
        _locks = [];
        return ValueTask.CompletedTask;
    }

    private static async Task<TaskTree?> EditAsync(TreeEdit edit, string taskId, BlockChanges changes)
    {
        if (changes.Tasks.Find(task => task.Record.Id == taskId) is { } after)
        {
            return await edit.ChangeAsync(
                after,
                changes.DeletedBlocks.FindAll(block => block.TaskId == taskId),
                changes.NewBlocks.FindAll(block => block.Header.TaskId == taskId),
                changes.Streams.FindAll(stream => stream.TaskId == taskId)).ConfigureAwait(false);
        }

        edit.Delete();
        return null;
    }
}
