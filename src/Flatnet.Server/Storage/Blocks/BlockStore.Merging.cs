using System.Threading.Channels;

namespace Flatnet.Server.Storage.Blocks;

internal sealed partial class BlockStore
{
    /// <summary>How far back an append looks for small blocks.</summary>
    private const int HeadersToMerge = 1024;

    /// <summary>Merged blocks of one commit, when a task that ended is merged: few, so that appends in between do not wait long.</summary>
    private const int MergesPerSlice = 4;

    private readonly Channel<string> _ended = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _stopMerging = new();
    private Task _merging = Task.CompletedTask;

    private void StartMerging() => _merging = Task.Run(MergeEndedTasksAsync);

    private async Task StopMergingAsync()
    {
        await _stopMerging.CancelAsync();
        await _merging;
        _stopMerging.Dispose();
    }

    private void QueueMerge(string taskId) => _ended.Writer.TryWrite(taskId);

    private async Task MergeEndedTasksAsync()
    {
        try
        {
            await foreach (string taskId in _ended.Reader.ReadAllAsync(_stopMerging.Token))
            {
                try
                {
                    await MergeAllAsync(taskId, _stopMerging.Token);
                }
                catch (StoreException failure)
                {
                    // Only room is lost; the lines are where they were.
                    LogMergeFailed(taskId, failure.Message);
                }
            }
        }
        catch (OperationCanceledException) when (_stopMerging.IsCancellationRequested)
        {
        }
    }

    /// <summary>Merges all of a task's blocks, a few in each commit.</summary>
    private async Task MergeAllAsync(string taskId, CancellationToken cancellation)
    {
        for (long after = 0; after < long.MaxValue;)
        {
            long from = after;
            after = await ChangeAsync(
                [taskId],
                async (tasks, changes) =>
                {
                    if (!tasks.TryGetValue(taskId, out TaskState? task))
                    {
                        return long.MaxValue;
                    }

                    var range = new BlockRange(taskId, from, task.Record.LastSeq);
                    IReadOnlyList<BlockHeader> headers = await database.ReadHeadersAsync(range, HeadersToMerge, cancellation);
                    List<List<BlockHeader>> groups = MergePlan.Group(headers, smallOnly: false);
                    foreach (List<BlockHeader> group in groups.Take(MergesPerSlice))
                    {
                        await MergeAsync(group, changes, cancellation);
                    }

                    if (changes.NewBlocks.Count > 0)
                    {
                        changes.Tasks.Add(task with { Version = NewVersion() });
                    }

                    return groups.Count > MergesPerSlice ? groups[MergesPerSlice][0].FirstSeq - 1
                        : headers.Count == HeadersToMerge ? headers[^1].LastSeq
                        : long.MaxValue;
                },
                cancellation);
        }
    }

    /// <summary>Merges the small blocks at a task's end once there are enough of them, those of this commit among them.</summary>
    private async Task MergeLooseAsync(TaskUpdate update, BlockChanges changes, CancellationToken cancellation)
    {
        if (update.LooseBlocks < MergePlan.LooseBlocks)
        {
            return;
        }

        var range = new BlockRange(update.TaskId, update.LooseFrom - 1, update.NewFrom - 1, Descending: true);
        List<BlockHeader> headers = [.. (await database.ReadHeadersAsync(range, HeadersToMerge, cancellation)).Reverse()];
        headers.AddRange(changes.NewBlocks.Select(static block => block.Header).Where(header => header.TaskId == update.TaskId));
        BlockHeader last = headers[^1];
        foreach (List<BlockHeader> group in MergePlan.Group(headers, smallOnly: true))
        {
            BlockHeader? merged = await MergeAsync(group, changes, cancellation);
            last = merged is not null && group[^1] == last ? merged : last;
        }

        bool isLoose = MergePlan.IsSmall(last);
        update.LooseFrom = isLoose ? last.FirstSeq : last.LastSeq + 1;
        update.LooseBlocks = isLoose ? 1 : 0;
    }

    /// <summary>Makes one block of several; null, and all stays as it is, if one of them cannot be read.</summary>
    private async Task<BlockHeader?> MergeAsync(List<BlockHeader> group, BlockChanges changes, CancellationToken cancellation)
    {
        var builder = new BlockBuilder();
        try
        {
            foreach (BlockHeader header in group)
            {
                byte[]? payload = changes.NewBlocks.Find(block => block.Header == header)?.Payload
                    ?? await database.ReadPayloadAsync(header, cancellation);
                if (payload is null)
                {
                    return null;
                }

                using BlockContent content = header.Open(payload);
                for (int index = 0; index < content.Count; index++)
                {
                    builder.Add(content, index);
                }
            }
        }
        catch (StoreException damage)
        {
            LogMergeFailed(group[0].TaskId, damage.Message);
            return null;
        }

        Block merged = builder.Build(group[0].TaskId);
        foreach (BlockHeader header in group)
        {
            if (changes.NewBlocks.RemoveAll(block => block.Header == header) == 0)
            {
                changes.DeletedBlocks.Add(header);
            }
        }

        changes.NewBlocks.Add(merged);
        return merged.Header;
    }
}
