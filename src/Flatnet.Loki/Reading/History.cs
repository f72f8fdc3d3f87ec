using System.Runtime.CompilerServices;

namespace Flatnet.Loki.Reading;

/// <summary>Reads all lines of a range, or the last of them, page by page.</summary>
/// <remarks>
/// A full page may end in the middle of lines with one and the same time. Those are left to the next page, which begins with
/// that time, so that nothing is missing, twice, or in another order than Loki's.
/// </remarks>
internal sealed class History(RangeReader reader, string query, int pageSize)
{
    /// <summary>Loki refuses to look at more than 30 days and an hour at once.</summary>
    private static readonly long LongestRange = TimeSpan.FromDays(30).Nanoseconds();

    /// <summary>How far back the search for the last lines goes, step by step.</summary>
    private static readonly TimeSpan[] Lookbacks =
        [TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24), TimeSpan.FromDays(7)];

    /// <summary>The lines of <c>[start, end)</c>, oldest first.</summary>
    public async IAsyncEnumerable<List<Entry>> ReadForwardAsync(
        long start, long end, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var limit = pageSize;
        while (start < end)
        {
            var stop = end - start > LongestRange ? start + LongestRange : end;
            var page = await reader.ReadAsync(query, start, stop, limit, backward: false, cancellation).ConfigureAwait(false);
            var entries = page.Entries;
            if (!page.IsFull)
            {
                start = stop;
            }
            else
            {
                var cut = entries[^1].Timestamp;
                entries.RemoveRange(FirstAt(entries, cut), entries.Count - FirstAt(entries, cut));
                limit = NextLimit(isStuck: entries.Count == 0, limit);
                start = cut;
            }

            if (entries.Count > 0)
            {
                yield return entries;
            }
        }
    }

    /// <summary>The last lines before <paramref name="end"/>, oldest first.</summary>
    /// <param name="start">Not before this; null to look back further and further.</param>
    /// <param name="end">Exclusive.</param>
    /// <param name="count">How many.</param>
    /// <param name="maximumLookback">How far back at most, where there is no start.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<List<Entry>> ReadLastAsync(
        long? start, long end, int count, TimeSpan maximumLookback, CancellationToken cancellation)
    {
        var pages = new Stack<List<Entry>>();
        var missing = count;
        var limit = pageSize;
        foreach (var bound in Bounds(start, end, maximumLookback))
        {
            while (missing > 0 && bound < end)
            {
                var asked = Math.Min(missing, Math.Min(limit, reader.MaximumPage));
                var page = await reader.ReadAsync(query, bound, end, asked, backward: true, cancellation).ConfigureAwait(false);
                var entries = page.Entries;
                if (!page.IsFull)
                {
                    end = bound;
                }
                else if (entries.Count < missing)
                {
                    var cut = entries[0].Timestamp;
                    entries.RemoveRange(0, FirstAt(entries, cut + 1));
                    limit = NextLimit(isStuck: entries.Count == 0, limit);
                    end = cut + 1;
                }

                pages.Push(entries);
                missing -= entries.Count;
            }
        }

        return pages.SelectMany(static page => page).ToList();
    }

    /// <summary>Where each step back ends, newest first; none is longer than Loki allows.</summary>
    private static IEnumerable<long> Bounds(long? start, long end, TimeSpan maximumLookback)
    {
        IEnumerable<long> bounds = start is { } fixedStart
            ? [fixedStart]
            : [.. Lookbacks.Where(lookback => lookback < maximumLookback).Append(maximumLookback).Select(lookback => end - lookback.Nanoseconds())];
        foreach (var bound in bounds)
        {
            for (; end - bound > LongestRange; end -= LongestRange)
            {
                yield return end - LongestRange;
            }

            yield return end = bound;
        }
    }

    private int NextLimit(bool isStuck, int limit)
    {
        if (!isStuck)
        {
            return pageSize;
        }

        return limit < reader.MaximumPage
            ? reader.MaximumPage
            : throw new LokiException(LokiFailure.BadQuery, $"more than {reader.MaximumPage} lines at one nanosecond: they cannot be read without losing some");
    }

    /// <summary>The index of the first line at this time or later.</summary>
    private static int FirstAt(List<Entry> entries, long timestamp)
    {
        var index = entries.FindIndex(entry => entry.Timestamp >= timestamp);
        return index < 0 ? entries.Count : index;
    }
}
