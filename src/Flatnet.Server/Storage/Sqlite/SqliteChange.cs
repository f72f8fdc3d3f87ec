using Flatnet.Server.Storage.Blocks;

namespace Flatnet.Server.Storage.Sqlite;

/// <summary>A change of an SQLite database. There is one at a time, so that it never has to be tried anew.</summary>
internal sealed class SqliteChange(SqliteBlockDatabase database, SqliteWriter writer) : IBlockTransaction
{
    public Task<IReadOnlyList<TaskState>> LockTasksAsync(IReadOnlyList<string> taskIds, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<TaskState>>(
            database.Try("read", () => taskIds.Select(writer.FindTask).OfType<TaskState>().ToArray()));

    public Task<bool> CommitAsync(BlockChanges changes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        database.Try("write to", () => writer.Commit(changes));
        return Task.FromResult(true);
    }

    public ValueTask DisposeAsync()
    {
        database.End(writer);
        return ValueTask.CompletedTask;
    }
}
