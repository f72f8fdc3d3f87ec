using System.Collections.Concurrent;

namespace Flatnet.Server.Storage.Blocks;

/// <summary>Ledgers of the tasks that were written to lately, each good for one version of its task.</summary>
internal sealed class LedgerCache
{
    private const int MostTasks = 10_000;
    private readonly ConcurrentDictionary<string, (long Version, TaskLedger Ledger)> _ledgers = new(StringComparer.Ordinal);

    /// <summary>Takes a task's ledger out, to change it; an empty one if the task is another than it was.</summary>
    public TaskLedger Take(string taskId, long? version) =>
        _ledgers.TryRemove(taskId, out var cached) && cached.Version == version ? cached.Ledger : new TaskLedger(taskId);

    /// <summary>Puts a ledger back after the commit.</summary>
    public void Put(string taskId, long version, TaskLedger ledger)
    {
        if (_ledgers.Count >= MostTasks)
        {
            _ledgers.Clear();
        }

        _ledgers[taskId] = (version, ledger);
    }

    /// <summary>Keeps a ledger for the next version of its task, in which the lines are the same.</summary>
    public void Renew(string taskId, long before, long after)
    {
        if (_ledgers.TryGetValue(taskId, out var cached) && cached.Version == before)
        {
            _ledgers.TryUpdate(taskId, (after, cached.Ledger), cached);
        }
    }
}
