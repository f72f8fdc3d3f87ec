using System.Runtime.CompilerServices;
using Flatnet.Cli.Times;

namespace Flatnet.Cli.Logs;

/// <summary>The wanted lines of a source. The source filters by itself if it can; else everything is read and filtered here.</summary>
internal sealed class SelectedSource(ILogSource source, LineSelection selection, TimeProvider time) : ILogSource
{
    public LogOrigin Origin => source.Origin;

    public string Description => source.Description;

    public bool CanApply(LineFilter filter) => source.CanApply(filter);

    public IEnumerable<long?> Windows(long until) => source.Windows(until);

    public IAsyncEnumerable<LogLine> ReadAsync(LineQuery query, CancellationToken cancellation)
    {
        LineFilter filter = selection.WholeFilter();
        if (!selection.NeedsNeighbours && source.CanApply(filter))
        {
            return source.ReadAsync(query with { Filter = filter }, cancellation);
        }

        return query.Tail is { } count
            ? query.Follow ? FollowFromLastAsync(query, count, cancellation) : LastAsync(query, count, cancellation)
            : new LineSelector(selection).SelectAsync(source.ReadAsync(query, cancellation), cancellation);
    }

    private async IAsyncEnumerable<LogLine> LastAsync(LineQuery query, int count, [EnumeratorCancellation] CancellationToken cancellation)
    {
        LastMatches last = await SearchAsync(query, count, cancellation).ConfigureAwait(false);
        foreach (LogLine line in last.Lines)
        {
            yield return line;
        }
    }

    // The source joins history and live lines only within one reading, so the place of the first line to show is found first.
    private async IAsyncEnumerable<LogLine> FollowFromLastAsync(LineQuery query, int count, [EnumeratorCancellation] CancellationToken cancellation)
    {
        LineQuery live = query;
        int skip = 0;
        if (count > 0)
        {
            long now = UnixTime.Nanoseconds(time.GetUtcNow());
            LastMatches last = await SearchAsync(query with { Follow = false }, count, cancellation).ConfigureAwait(false);
            live = query with { Tail = null, Since = last.Lines.Count > 0 ? last.Lines.First().Timestamp : now };
            skip = last.ForgottenAtFirst;
        }

        await foreach (LogLine line in new LineSelector(selection).SelectAsync(source.ReadAsync(live, cancellation), cancellation).ConfigureAwait(false))
        {
            if (skip-- <= 0)
            {
                yield return line;
            }
        }
    }

    private async Task<LastMatches> SearchAsync(LineQuery query, int count, CancellationToken cancellation)
    {
        LastMatches last = new(count, selection.Before);
        long until = query.Until ?? UnixTime.Nanoseconds(time.GetUtcNow());
        foreach (long? since in query.Since is { } given ? [given] : source.Windows(until))
        {
            last = new LastMatches(count, selection.HasContext ? selection.Before : 0);
            var selector = new LineSelector(selection);
            LineQuery everything = query with { Since = since, Tail = null };
            await foreach (LogLine line in selector.SelectAsync(source.ReadAsync(everything, cancellation), cancellation).ConfigureAwait(false))
            {
                last.Add(line, selector.IsMatch);
            }

            if (last.Matches >= count)
            {
                break;
            }
        }

        return last;
    }
}
