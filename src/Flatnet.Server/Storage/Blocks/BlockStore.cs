using System.Collections.Concurrent;

namespace Flatnet.Server.Storage.Blocks;

/// <summary>
/// The store: lines lie in blocks, as many of a task together as one commit brings, merged later. Everything but the rows of the
/// database is decided here, the same for all databases.
/// </summary>
internal sealed partial class BlockStore(IBlockDatabase database, ILogger<BlockStore> logger) : ILogStore
{
    private readonly ILogger _logger = logger;
    private readonly LedgerCache _ledgers = new();
    private readonly ConcurrentBag<BlockBuilder> _builders = [];
    private long _lastUpdate;
    private long _lastFull = -(long)MergeAfterFull.TotalMilliseconds;
    private bool _isDisposed;

    public async Task OpenAsync(CancellationToken cancellation)
    {
        await database.OpenAsync(cancellation);
        StartMerging();
    }

    public async Task<long> GetLastSequenceAsync(string taskId, string streamId, CancellationToken cancellation) =>
        await database.ReadStreamsAsync(taskId, [streamId], cancellation) is [var stream] ? stream.LastSequence : 0;

    public Task<TaskRecord?> FindTaskAsync(string taskId, CancellationToken cancellation) => database.FindTaskAsync(taskId, cancellation);

    public Task<IReadOnlyList<TaskRecord>> ListTasksAsync(long? before, int limit, CancellationToken cancellation) =>
        database.ListTasksAsync(before ?? long.MaxValue, limit, cancellation);

    public Task<long> GetSizeAsync(CancellationToken cancellation) => database.GetSizeAsync(cancellation);

    public Task WatchOtherServersAsync(Func<Commit, Task> onCommit, CancellationToken cancellation) =>
        database.WatchOtherServersAsync(onCommit, cancellation);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        await StopMergingAsync();
        await database.DisposeAsync();
    }

    /// <summary>Changes tasks in one commit, and starts over as long as others get in between.</summary>
    /// <param name="taskIds">The tasks, in any order.</param>
    /// <param name="change">Gets the tasks that exist, fills in the changes, and may run more than once.</param>
    /// <param name="cancellation">Ends it.</param>
    private async Task<T> ChangeAsync<T>(
        IEnumerable<string> taskIds, Func<Dictionary<string, TaskState>, BlockChanges, Task<T>> change, CancellationToken cancellation)
    {
        string[] ids = [.. taskIds.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        for (; ; )
        {
            await using IBlockTransaction transaction = await database.BeginAsync(cancellation);
            var tasks = (await transaction.LockTasksAsync(ids, cancellation)).ToDictionary(static task => task.Record.Id, StringComparer.Ordinal);
            var changes = new BlockChanges();
            T result = await change(tasks, changes);
            try
            {
                if (changes.IsEmpty || await transaction.CommitAsync(changes, cancellation))
                {
                    return result;
                }
            }
            catch (StoreException refusal) when (refusal.IsFull)
            {
                Volatile.Write(ref _lastFull, Environment.TickCount64);
                throw;
            }
        }
    }

    private BlockBuilder TakeBuilder() => _builders.TryTake(out BlockBuilder? builder) ? builder : new BlockBuilder();

    /// <summary>A version nobody had before: also a task that was deleted and came again is another one.</summary>
    private static long NewVersion() => Random.Shared.NextInt64();

    /// <summary>A time of update that this server gives only once, so that the list of tasks can be paged by it.</summary>
    private long NextUpdate(long now)
    {
        for (; ; )
        {
            long last = Volatile.Read(ref _lastUpdate);
            long next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref _lastUpdate, next, last) == last)
            {
                return next;
            }
        }
    }
}
