namespace Flatnet.Server.Storage.Blocks;

internal sealed partial class BlockStore
{
    /// <summary>Blocks that go in one commit: few, so that appends in between do not wait long.</summary>
    private const int BlocksPerSlice = 64;

    public async Task<(long Count, long FirstSeq)> DeleteLinesAsync(string taskId, long? upTo, CancellationToken cancellation)
    {
        if (await database.FindTaskAsync(taskId, cancellation) is not { } task)
        {
            return (0, 1);
        }

        var rest = new BlockRange(taskId, 0, task.LastSeq);
        long count = 0;
        while (rest.AfterSeq < rest.UpToSeq)
        {
            (BlockRange after, long deleted) = await ChangeAsync(
                [taskId],
                (tasks, changes) => DeleteSliceAsync(tasks.GetValueOrDefault(taskId), rest, upTo, changes, cancellation),
                cancellation);
            rest = after;
            count += deleted;
            if (deleted > 0)
            {
                await database.ReclaimAsync(cancellation);
            }
        }

        TaskRecord? left = await database.FindTaskAsync(taskId, cancellation);
        return (count, left?.FirstSeq ?? 1);
    }

    public async Task<bool> DeleteTaskAsync(string taskId, CancellationToken cancellation)
    {
        for (; ; )
        {
            await DeleteLinesAsync(taskId, upTo: null, cancellation);
            bool? isDeleted = await ChangeAsync<bool?>(
                [taskId],
                (tasks, changes) =>
                {
                    if (!tasks.TryGetValue(taskId, out TaskState? task))
                    {
                        return Task.FromResult<bool?>(false);
                    }

                    if (task.Record.Statistics.Count > 0)
                    {
                        return Task.FromResult<bool?>(null);
                    }

                    changes.DeletedTasks.Add(taskId);
                    return Task.FromResult<bool?>(true);
                },
                cancellation);
            if (isDeleted is { } known)
            {
                return known;
            }
        }
    }

    /// <summary>Deletes what has to go of the first blocks of a range.</summary>
    /// <returns>What is left of the range, and how many lines went.</returns>
    private async Task<(BlockRange Left, long Deleted)> DeleteSliceAsync(
        TaskState? task, BlockRange range, long? upTo, BlockChanges changes, CancellationToken cancellation)
    {
        BlockRange end = range with { AfterSeq = range.UpToSeq };
        if (task is null)
        {
            return (end, 0);
        }

        IReadOnlyList<BlockHeader> headers = await database.ReadHeadersAsync(range, BlocksPerSlice, cancellation);
        var removed = new StatisticsBuilder();
        foreach (BlockHeader header in headers)
        {
            if (header.LastSeq > range.AfterSeq && header.FirstSeq <= range.UpToSeq && (upTo is null || header.Statistics.Earliest <= upTo))
            {
                changes.DeletedBlocks.Add(header);
                removed.Add(header.Statistics);
                if (header.LastSeq > range.UpToSeq || header.Statistics.Latest > upTo)
                {
                    await KeepLaterLinesAsync(header, range.UpToSeq, upTo, changes, removed, cancellation);
                }
            }
        }

        bool isLast = headers.Count < BlocksPerSlice || headers[^1].LastSeq >= range.UpToSeq;
        BlockRange rest = isLast ? end : range with { AfterSeq = headers[^1].LastSeq };
        TaskStatistics sum = removed.Build();
        if (sum.Count > 0 || isLast)
        {
            var update = new TaskUpdate(task.Record.Id, task, 0);
            update.Remove(sum);
            if (isLast)
            {
                await LookUpEndsAsync(update, task.Record, changes, cancellation);
            }

            changes.Tasks.Add(update.Build(NewVersion()));
            changes.Commits.Add(new Commit(task.Record.Id, 0, task.Record.LastSeq));
        }

        return (rest, sum.Count);
    }

    /// <summary>Puts the lines of a block that stay into a new one.</summary>
    private async Task KeepLaterLinesAsync(
        BlockHeader header, long upToSeq, long? upTo, BlockChanges changes, StatisticsBuilder removed, CancellationToken cancellation)
    {
        if (await database.ReadPayloadAsync(header, cancellation) is not { } payload)
        {
            return; // Others were faster; the commit will say so.
        }

        using BlockContent content = header.Open(payload);
        var builder = new BlockBuilder();
        for (int index = 0; index < content.Count; index++)
        {
            if (content.Lines[index].Seq > upToSeq || content.Lines[index].Timestamp > upTo)
            {
                builder.Add(content, index);
            }
        }

        if (builder.Count > 0)
        {
            Block kept = builder.Build(header.TaskId);
            changes.NewBlocks.Add(kept);
            removed.Subtract(kept.Header.Statistics);
        }
    }

    /// <summary>After a delete, the least seq and the times of what is left can only be found by looking.</summary>
    private async Task LookUpEndsAsync(TaskUpdate update, TaskRecord task, BlockChanges changes, CancellationToken cancellation)
    {
        var left = new StatisticsBuilder();
        long firstSeq = task.LastSeq + 1;
        HashSet<long> deleted = [.. changes.DeletedBlocks.Select(static block => block.FirstSeq)];
        foreach (Block block in changes.NewBlocks)
        {
            Count(block.Header);
        }

        var cursor = new BlockCursor(database, new BlockRange(task.Id, 0, task.LastSeq));
        while (await cursor.NextAsync(cancellation) is { } header)
        {
            if (!deleted.Contains(header.FirstSeq))
            {
                Count(header);
            }
        }

        TaskStatistics sum = left.Build();
        update.SetEnds(firstSeq, sum.Earliest, sum.Latest);

        void Count(BlockHeader header)
        {
            left.Add(header.Statistics);
            firstSeq = Math.Min(firstSeq, header.FirstSeq);
        }
    }
}
