using Flatnet.Server.Ingest;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Retention;

/// <summary>Deletes tasks in slices, so that writers never wait for a whole one.</summary>
internal sealed class TaskRemover(ILogStore store, ILogWriter writer, RetentionOptions options, TimeProvider time)
{
    /// <summary>Deletes a task with all its lines, if a last look at it still says so.</summary>
    /// <returns>How many lines went; null if the task stayed, or was gone already.</returns>
    /// <exception cref="StoreException">The store could not do it; what is left goes the next time.</exception>
    public async Task<long?> RemoveAsync(string taskId, Func<TaskRecord, bool> mayGo, CancellationToken cancellation)
    {
        if (await store.FindTaskAsync(taskId, cancellation).ConfigureAwait(false) is not { } task || !mayGo(task))
        {
            return null;
        }

        var lines = task.Statistics.Count;
        while (SliceEnd(task.Statistics) is { } end)
        {
            var (count, _) = await writer.DeleteLinesAsync(taskId, end, cancellation).ConfigureAwait(false);
            await Task.Delay(options.Pause, time, cancellation).ConfigureAwait(false);
            if (count == 0 || await store.FindTaskAsync(taskId, cancellation).ConfigureAwait(false) is not { } rest)
            {
                break;
            }

            task = rest;
        }

        var isGone = await store.DeleteTaskAsync(taskId, cancellation).ConfigureAwait(false);
        await Task.Delay(options.Pause, time, cancellation).ConfigureAwait(false);
        return isGone ? lines : null;
    }

    /// <summary>
    /// The timestamp up to which about a slice of lines lies, if lines are spread evenly; null if what is there can go at once.
    /// Where they are not, a slice is smaller or larger, and the next one is measured anew.
    /// </summary>
    private long? SliceEnd(TaskStatistics statistics) =>
        statistics is { Earliest: { } earliest, Latest: { } latest } && statistics.Count > options.SliceLines
        && earliest + (long)(((Int128)latest - earliest) * options.SliceLines / statistics.Count) is var end && end < latest
            ? end
            : null;
}
