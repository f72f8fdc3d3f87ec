namespace Flatnet.Server.Storage.Blocks;

/// <summary>
/// A database that keeps the rows of a <see cref="BlockStore"/>: tasks, streams and blocks. It knows nothing of lines. Every method
/// may be called at any time from any thread; reads see what is committed and wait for no writer. Failures are
/// <see cref="StoreException"/>.
/// </summary>
internal interface IBlockDatabase : IAsyncDisposable
{
    /// <summary>Opens the database, and creates or updates what it needs there.</summary>
    public Task OpenAsync(CancellationToken cancellation);

    /// <summary>Begins a change.</summary>
    public Task<IBlockTransaction> BeginAsync(CancellationToken cancellation);

    /// <summary>A task, with its script.</summary>
    public Task<TaskRecord?> FindTaskAsync(string taskId, CancellationToken cancellation);

    /// <summary>Tasks without their scripts, the last updated first, below a time of update.</summary>
    public Task<IReadOnlyList<TaskRecord>> ListTasksAsync(long before, int limit, CancellationToken cancellation);

    /// <summary>Those of a task's streams that exist.</summary>
    public Task<IReadOnlyList<StreamState>> ReadStreamsAsync(string taskId, IReadOnlyList<string> streamIds, CancellationToken cancellation);

    /// <summary>
    /// The first headers of a range, in its order. The block that the range begins in is one of them; another one before the range
    /// does no harm.
    /// </summary>
    public Task<IReadOnlyList<BlockHeader>> ReadHeadersAsync(BlockRange range, int limit, CancellationToken cancellation);

    /// <summary>A block's lines; null if there is no block with this task, first and last seq (any more).</summary>
    public Task<byte[]?> ReadPayloadAsync(BlockHeader header, CancellationToken cancellation);

    /// <summary>Gives the space of deleted blocks back, if the database does not by itself; a little of it, so that nobody waits.</summary>
    public Task ReclaimAsync(CancellationToken cancellation);

    /// <summary>Bytes that the database takes up.</summary>
    public Task<long> GetSizeAsync(CancellationToken cancellation);

    /// <summary>See <see cref="ILogStore.WatchOtherServersAsync"/>.</summary>
    public Task WatchOtherServersAsync(Func<Commit, Task> onCommit, CancellationToken cancellation);
}
