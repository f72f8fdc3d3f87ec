using Flatnet.Logs;

namespace Flatnet.Server.Storage;

/// <summary>
/// Where tasks and their lines are kept. Every method may be called at any time from any thread, and several servers may use one
/// store. What a method has returned from is durable. Failures are <see cref="StoreException"/>.
/// </summary>
internal interface ILogStore : IAsyncDisposable
{
    /// <summary>Opens the store, and creates or updates what it needs there.</summary>
    public Task OpenAsync(CancellationToken cancellation);

    /// <summary>
    /// Appends lines to tasks, all of them in one commit: gives each new line the next seq of its task, without gaps, and leaves out
    /// lines whose identity (task, stream, sequence) is there already. A task that does not exist is created.
    /// </summary>
    /// <returns>For each append, in the same order, what became of it.</returns>
    public Task<IReadOnlyList<AppendResult>> AppendAsync(IReadOnlyList<TaskAppend> appends, CancellationToken cancellation);

    /// <summary>The last sequence of a stream that is stored, 0 for none.</summary>
    public Task<long> GetLastSequenceAsync(string taskId, string streamId, CancellationToken cancellation);

    /// <summary>A task, with its statistics; null if there is none.</summary>
    public Task<TaskRecord?> FindTaskAsync(string taskId, CancellationToken cancellation);

    /// <summary>The tasks, the last written to first.</summary>
    /// <param name="before">The <see cref="TaskRecord.UpdatedAt"/> to go on below; null for the newest.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<IReadOnlyList<TaskRecord>> ListTasksAsync(long? before, int limit, CancellationToken cancellation);

    /// <summary>Creates a task or changes one; what is null in the change stays as it is.</summary>
    /// <returns>The task as it is now, and whether it is new.</returns>
    public Task<(TaskRecord Task, bool IsNew)> SaveTaskAsync(string taskId, TaskChange change, CancellationToken cancellation);

    /// <summary>
    /// The lines that a query asks for, in its order, read as they are taken: memory does not grow with their number.
    /// A task without lines, or no task at all, gives none.
    /// </summary>
    public IAsyncEnumerable<LogEntry> ReadAsync(LogQuery query, CancellationToken cancellation);

    /// <summary>How many lines a query matches (its limit and order aside).</summary>
    public Task<long> CountAsync(LogQuery query, CancellationToken cancellation);

    /// <summary>The lines of all tasks that match, newest task first, in order of seq inside a task; the query's task is ignored.</summary>
    public IAsyncEnumerable<(string TaskId, LogEntry Entry)> SearchAsync(LogQuery query, CancellationToken cancellation);

    /// <summary>Deletes a task's lines, all or those with a timestamp up to and including a time. Numbers are not used again.</summary>
    /// <returns>How many lines went, and the least seq that is left (the next to be given if none is).</returns>
    public Task<(long Count, long FirstSeq)> DeleteLinesAsync(string taskId, long? upTo, CancellationToken cancellation);

    /// <summary>Deletes a task with all its lines; false if there was none.</summary>
    public Task<bool> DeleteTaskAsync(string taskId, CancellationToken cancellation);

    /// <summary>Bytes that the store takes up.</summary>
    public Task<long> GetSizeAsync(CancellationToken cancellation);

    /// <summary>
    /// Tells of commits that other servers made to the same store: the task, and its first and last new seq. Never returns for a store
    /// that has other writers; returns at once for one that has not.
    /// </summary>
    public Task WatchOtherServersAsync(Func<Commit, Task> onCommit, CancellationToken cancellation);
}
