using System.Diagnostics;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Ingest;

/// <summary>
/// Stores what several writers wait for in one commit. When the store refuses it, each task is tried on its own, so that a task
/// that the store cannot take fails nobody else.
/// </summary>
internal sealed class GroupCommit(ILogStore store, Action<WriteRequest, AppendResult> onStored, Action<WriteRequest, StoreException> onRefused)
{
    /// <summary>So many tasks refused in a row are the store's fault, not theirs.</summary>
    private const int MostRefusals = 3;

    public async Task RunAsync(IReadOnlyList<WriteRequest> writes)
    {
        if (await TryAsync(writes).ConfigureAwait(false) is not { } refusal)
        {
            return;
        }

        WriteRequest[][] tasks = [.. writes.GroupBy(write => write.Append.TaskId, (_, group) => group.ToArray())];
        int refusals = refusal.IsFull || tasks.Length == 1 ? MostRefusals : 0;
        foreach (WriteRequest[] task in tasks)
        {
            StoreException? reason = refusal;
            if (refusals < MostRefusals)
            {
                reason = await TryAsync(task).ConfigureAwait(false);
                refusals = reason is null ? 0 : reason.IsFull ? MostRefusals : refusals + 1;
                refusal = reason ?? refusal;
            }

            if (reason is not null)
            {
                Array.ForEach(task, write => onRefused(write, reason));
            }
        }
    }

    private async Task<StoreException?> TryAsync(IReadOnlyList<WriteRequest> writes)
    {
        IReadOnlyList<AppendResult> results;
        try
        {
            long started = Stopwatch.GetTimestamp();
            results = await store.AppendAsync([.. writes.Select(write => write.Append)], CancellationToken.None).ConfigureAwait(false);
            IngestMetrics.CommitDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        catch (StoreException exception)
        {
            return exception;
        }
#pragma warning disable CA1031 // Whatever the store does, the committer goes on and its callers hear of it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new StoreException($"cannot store lines: {exception.Message}", inner: exception);
        }

        for (int i = 0; i < writes.Count; i++)
        {
            onStored(writes[i], results[i]);
        }

        return null;
    }
}
