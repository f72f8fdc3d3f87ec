using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Flatnet.Cli.Logs;

/// <summary>Merges sources that end: always the oldest of their next lines, of equal ones the first source's.</summary>
internal static class HistoryMerge
{
    public static async IAsyncEnumerable<LogLine> ReadAsync(
        ImmutableArray<IAsyncEnumerable<LogLine>> sources, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ImmutableArray<IAsyncEnumerator<LogLine>> all = [.. sources.Select(source => source.GetAsyncEnumerator(cancellation))];
        try
        {
            var heads = new PriorityQueue<int, (long Time, int Source)>();
            long[] latest = new long[all.Length];
            for (int i = 0; i < all.Length; i++)
            {
                await AdvanceAsync(i).ConfigureAwait(false);
            }

            while (heads.TryDequeue(out int source, out _))
            {
                yield return all[source].Current;
                await AdvanceAsync(source).ConfigureAwait(false);
            }

            async ValueTask AdvanceAsync(int source)
            {
                if (await all[source].MoveNextAsync().ConfigureAwait(false))
                {
                    // A line without a time belongs to the one before it.
                    latest[source] = all[source].Current.Timestamp ?? latest[source];
                    heads.Enqueue(source, (latest[source], source));
                }
            }
        }
        finally
        {
            foreach (IAsyncEnumerator<LogLine> source in all)
            {
                await source.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
