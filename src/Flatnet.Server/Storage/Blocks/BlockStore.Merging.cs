using System.Collections.Concurrent;

namespace Flatnet.Server.Storage.Blocks;

/// <summary>Merging goes on beside the appends: blocks are read and packed while others write, only the exchange is a commit.</summary>
internal sealed partial class BlockStore
{
    private const int HeadersToMerge = 1024;

    private static readonly TimeSpan MergeInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MergeAfterFull = TimeSpan.FromMinutes(1);

    /// <summary>Tasks that ended.</summary>
    private readonly ConcurrentQueue<string> _ended = new();

    /// <summary>Tasks with small blocks at their end: from which seq on, how many, and when the last one came.</summary>
    private readonly ConcurrentDictionary<string, (long From, int Blocks, long At)> _loose = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopMerging = new();
    private Task _merging = Task.CompletedTask;

    private void StartMerging() => _merging = Task.Run(MergeAsync);

    private async Task StopMergingAsync()
    {
        await _stopMerging.CancelAsync();
        await _merging;
        _stopMerging.Dispose();
    }

    /// <summary>Has all of a task's blocks merged, once it ended.</summary>
    private void QueueMerge(string taskId) => _ended.Enqueue(taskId);

    /// <summary>Has the small blocks at a task's end merged once there are enough of them.</summary>
    private void QueueLooseMerge(TaskState task)
    {
        if (task.LooseBlocks >= MergePlan.LooseBlocks)
        {
            _loose[task.Record.Id] = (task.LooseFrom, task.LooseBlocks, Environment.TickCount64);
        }
    }

    private async Task MergeAsync()
    {
        using var timer = new PeriodicTimer(MergeInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopMerging.Token))
            {
                // Merging needs room before it gives any; what there is is for lines.
                if (Environment.TickCount64 - Volatile.Read(ref _lastFull) < MergeAfterFull.TotalMilliseconds)
                {
                    continue;
                }

                while (_ended.TryDequeue(out string? taskId))
                {
                    await TryMergeAsync(taskId, null);
                }

                foreach ((string taskId, (long from, int blocks, long at)) in _loose)
                {
                    // Each exchange holds up the appends a little: best when there are none.
                    bool isQuiet = Environment.TickCount64 - at >= MergeInterval.TotalMilliseconds;
                    if ((isQuiet || blocks >= MergePlan.MostLooseBlocks) && _loose.TryRemove(taskId, out _))
                    {
                        await TryMergeAsync(taskId, from);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (_stopMerging.IsCancellationRequested)
        {
        }
    }

    private async Task TryMergeAsync(string taskId, long? looseFrom)
    {
        try
        {
            await MergeAsync(taskId, looseFrom, _stopMerging.Token);
        }
        catch (StoreException failure)
        {
            // Only room is lost; the lines are where they were.
            LogMergeFailed(taskId, failure.Message);
        }
    }

    /// <summary>Merges a task's small blocks from a seq on, or all of its blocks; each merged block in a commit of its own.</summary>
    private async Task MergeAsync(string taskId, long? looseFrom, CancellationToken cancellation)
    {
        if (await database.FindTaskAsync(taskId, cancellation) is not { } task)
        {
            return;
        }

        BlockHeader? last = null;
        var range = new BlockRange(taskId, looseFrom - 1 ?? 0, task.LastSeq);
        while (await ReadWithinAsync(range, HeadersToMerge, cancellation) is { Count: > 0 } headers)
        {
            foreach (List<BlockHeader> group in MergePlan.Group(headers, smallOnly: looseFrom is not null))
            {
                Block? merged = await BuildMergedAsync(group, cancellation);
                last = merged is not null && await ReplaceAsync(task, group, merged, cancellation) ? merged.Header : group[^1];
            }

            last = last?.LastSeq == headers[^1].LastSeq ? last : headers[^1];
            range = range with { AfterSeq = last.LastSeq };
        }

        if (looseFrom is not null && last is not null)
        {
            await SetLooseAsync(task, last, cancellation);
        }
    }

    /// <summary>Makes one block of several; null if one of them is gone or cannot be read.</summary>
    private async Task<Block?> BuildMergedAsync(List<BlockHeader> group, CancellationToken cancellation)
    {
        // One that is left half full is not used again.
        BlockBuilder builder = TakeBuilder();
        try
        {
            foreach (BlockHeader header in group)
            {
                if (await database.ReadPayloadAsync(header, cancellation) is not { } payload)
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
        _builders.Add(builder);
        return merged;
    }

    /// <summary>Puts a merged block in the place of its parts, if nobody has taken lines out of them meanwhile.</summary>
    private Task<bool> ReplaceAsync(TaskRecord task, List<BlockHeader> parts, Block merged, CancellationToken cancellation) => ChangeMergedAsync(
        task,
        async (state, changes) =>
        {
            var range = new BlockRange(task.Id, parts[0].FirstSeq - 1, parts[^1].LastSeq);
            List<BlockHeader> there = await ReadWithinAsync(range, parts.Count, cancellation);
            if (there.Select(Identity).SequenceEqual(parts.Select(Identity)))
            {
                changes.DeletedBlocks.AddRange(there);
                changes.NewBlocks.Add(merged);
                return state;
            }

            return null;
        },
        cancellation);

    /// <summary>Says up to where a task's small blocks were merged.</summary>
    private Task<bool> SetLooseAsync(TaskRecord task, BlockHeader last, CancellationToken cancellation) => ChangeMergedAsync(
        task,
        async (state, _) =>
        {
            var range = new BlockRange(task.Id, last.LastSeq, state.Record.LastSeq);
            int small = (await ReadWithinAsync(range, HeadersToMerge, cancellation)).Count(MergePlan.IsSmall);
            return MergePlan.IsSmall(last)
                ? state with { LooseFrom = last.FirstSeq, LooseBlocks = small + 1 }
                : state with { LooseFrom = last.LastSeq + 1, LooseBlocks = small };
        },
        cancellation);

    /// <summary>Changes a task as long as it is the same one; its lines stay as they are, and so its ledger stays good.</summary>
    private async Task<bool> ChangeMergedAsync(
        TaskRecord task, Func<TaskState, BlockChanges, Task<TaskState?>> change, CancellationToken cancellation)
    {
        (long before, long after)? versions = await ChangeAsync<(long, long)?>(
            [task.Id],
            async (tasks, changes) =>
            {
                // One of the same name that was made later has other lines under the same numbers.
                if (!tasks.TryGetValue(task.Id, out TaskState? state) || state.Record.CreatedAt != task.CreatedAt
                    || await change(state, changes) is not { } changed)
                {
                    return null;
                }

                changed = changed with { Version = NewVersion() };
                changes.Tasks.Add(changed);
                return (state.Version, changed.Version);
            },
            cancellation);
        if (versions is { } known)
        {
            _ledgers.Renew(task.Id, known.before, known.after);
        }

        return versions is not null;
    }

    /// <summary>Headers of a range, without the one before it that a database may give as well.</summary>
    private async Task<List<BlockHeader>> ReadWithinAsync(BlockRange range, int limit, CancellationToken cancellation) =>
        [.. (await database.ReadHeadersAsync(range, limit + 1, cancellation)).Where(header => header.LastSeq > range.AfterSeq).Take(limit)];

    /// <summary>A block that lost lines has fewer, if not another end.</summary>
    private static (long First, long Last, long Count) Identity(BlockHeader header) => (header.FirstSeq, header.LastSeq, header.Statistics.Count);
}
