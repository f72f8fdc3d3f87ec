using Flatnet.Logs;

namespace Flatnet.Server.Storage.Blocks;

internal sealed partial class BlockStore
{
    public async Task<IReadOnlyList<AppendResult>> AppendAsync(IReadOnlyList<TaskAppend> appends, CancellationToken cancellation)
    {
        var ledgers = new List<(TaskState Task, TaskLedger Ledger)>();
        AppendResult[] results = await ChangeAsync(
            appends.Select(static append => append.TaskId),
            async (tasks, changes) =>
            {
                ledgers.Clear();
                var results = new AppendResult[appends.Count];
                foreach (var group in Enumerable.Range(0, appends.Count).GroupBy(index => appends[index].TaskId, StringComparer.Ordinal))
                {
                    TaskState? before = tasks.GetValueOrDefault(group.Key);
                    TaskLedger ledger = _ledgers.Take(group.Key, before?.Version);
                    await LoadStreamsAsync(ledger, group.Key, group.SelectMany(index => appends[index].Entries), before is not null, cancellation);
                    var update = new TaskUpdate(group.Key, before, appends[group.First()].Received);
                    foreach (int index in group)
                    {
                        results[index] = Append(update, ledger, appends[index], changes);
                    }

                    if (update.IsChanged)
                    {
                        changes.Streams.AddRange(ledger.TakeChanges());
                        TaskState after = update.Build(NewVersion());
                        changes.Tasks.Add(after);
                        changes.Commits.Add(new Commit(group.Key, update.NewFrom, after.Record.LastSeq));
                        ledgers.Add((after, ledger));
                    }
                    else
                    {
                        ledgers.Add((before!, ledger));
                    }
                }

                return results;
            },
            cancellation);
        foreach ((TaskState task, TaskLedger ledger) in ledgers)
        {
            _ledgers.Put(task.Record.Id, task.Version, ledger);
            QueueLooseMerge(task);
        }

        return results;
    }

    private AppendResult Append(TaskUpdate update, TaskLedger ledger, TaskAppend append, BlockChanges changes)
    {
        var stored = new List<LogEntry>(append.Entries.Count);
        foreach (LogEntry entry in append.Entries)
        {
            if (ledger.TryAdd(entry))
            {
                stored.Add(entry with { Seq = update.LastSeq + 1 + stored.Count });
            }
        }

        if (stored.Count > 0)
        {
            update.Touch(NextUpdate(append.Received));
            foreach (Block block in Pack(append.TaskId, stored))
            {
                update.Add(block.Header);
                changes.NewBlocks.Add(block);
            }
        }

        return new AppendResult(stored, append.Entries.Count - stored.Count, update.LastSeq);
    }

    private List<Block> Pack(string taskId, List<LogEntry> entries)
    {
        BlockBuilder builder = TakeBuilder();
        var blocks = new List<Block>();
        foreach (LogEntry entry in entries)
        {
            builder.Add(entry);
            if (builder.Size >= MergePlan.FullSize || builder.Count >= MergePlan.MostLines)
            {
                blocks.Add(builder.Build(taskId));
            }
        }

        if (builder.Count > 0)
        {
            blocks.Add(builder.Build(taskId));
        }

        _builders.Add(builder);
        return blocks;
    }

    private async Task LoadStreamsAsync(
        TaskLedger ledger, string taskId, IEnumerable<LogEntry> entries, bool taskExists, CancellationToken cancellation)
    {
        string? last = null;
        HashSet<string>? missing = null;
        foreach (LogEntry entry in entries)
        {
            if (TaskLedger.HasIdentity(entry) && !ReferenceEquals(entry.StreamId, last) && !ledger.Knows(last = entry.StreamId!))
            {
                (missing ??= new(StringComparer.Ordinal)).Add(last);
            }
        }

        if (missing is null)
        {
            return;
        }

        foreach (string streamId in missing)
        {
            ledger.Load(streamId, null);
        }

        if (taskExists)
        {
            foreach (StreamState state in await database.ReadStreamsAsync(taskId, [.. missing], cancellation))
            {
                ledger.Load(state.StreamId, state);
            }
        }
    }
}
