using System.Runtime.CompilerServices;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Retention;

/// <summary>Goes through all tasks of a store, page by page.</summary>
internal static class TaskPages
{
    private const int Size = 1000;

    /// <summary>All tasks, the last written to first. Those that are written to meanwhile may be left out.</summary>
    public static async IAsyncEnumerable<TaskRecord> ReadAllTasksAsync(this ILogStore store, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long? before = null;
        HashSet<string> seen = [];
        while (true)
        {
            var page = await store.ListTasksAsync(before, Size, cancellation).ConfigureAwait(false);
            foreach (var task in page)
            {
                if (!seen.Contains(task.Id))
                {
                    yield return task;
                }
            }

            if (page.Count < Size)
            {
                yield break;
            }

            // One commit gives many tasks the same time, and a page may end among them: that time is asked for once more.
            var last = page[^1].UpdatedAt;
            before = last + 1 == before ? last : last + 1;
            seen = [.. page.Where(task => task.UpdatedAt == last).Select(task => task.Id)];
        }
    }
}
