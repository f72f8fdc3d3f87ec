namespace Flatnet.Server.Storage.Mongo;

/// <summary>
/// Lets this server's changes of a task wait for each other, in turn, rather than lose to each other at the commit. Two tasks may
/// share a lock.
/// </summary>
internal sealed class TaskLocks : IDisposable
{
    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, 64).Select(static _ => new SemaphoreSlim(1))];

    /// <summary>Takes the locks of tasks, in one order, so that two changes never wait for each other.</summary>
    /// <returns>The locks, to be given back to <see cref="Release"/>.</returns>
    public async Task<IReadOnlyList<SemaphoreSlim>> TakeAsync(IEnumerable<string> taskIds, CancellationToken cancellation)
    {
        var taken = new List<SemaphoreSlim>();
        try
        {
            foreach (int place in taskIds.Select(id => (int)((uint)id.GetHashCode(StringComparison.Ordinal) % _locks.Length)).Distinct().Order())
            {
                await _locks[place].WaitAsync(cancellation).ConfigureAwait(false);
                taken.Add(_locks[place]);
            }

            return taken;
        }
        catch
        {
            Release(taken);
            throw;
        }
    }

    public static void Release(IEnumerable<SemaphoreSlim> taken)
    {
        foreach (SemaphoreSlim one in taken)
        {
            one.Release();
        }
    }

    public void Dispose() => Array.ForEach(_locks, static one => one.Dispose());
}
