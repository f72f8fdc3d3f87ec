namespace Flatnet.Server.Storage.Blocks;

/// <summary>A change in the making: locks tasks, then commits. Disposed of without a commit, it never was.</summary>
internal interface IBlockTransaction : IAsyncDisposable
{
    /// <summary>
    /// Keeps others from changing tasks until the end, or makes the commit notice that they did; and gives the tasks' rows, without
    /// scripts. Called once, before anything of these tasks is read.
    /// </summary>
    /// <param name="taskIds">In ordinal order, each once.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The tasks that exist.</returns>
    public Task<IReadOnlyList<TaskState>> LockTasksAsync(IReadOnlyList<string> taskIds, CancellationToken cancellation);

    /// <summary>Makes all of the changes durable, or none.</summary>
    /// <returns>False if others got in between, and nothing was stored: try the whole anew.</returns>
    public Task<bool> CommitAsync(BlockChanges changes, CancellationToken cancellation);
}
