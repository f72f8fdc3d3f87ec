using System.Runtime.CompilerServices;
using Flatnet.Logs;

namespace Flatnet.Server.Storage.Blocks;

internal sealed partial class BlockStore
{
    public async IAsyncEnumerable<LogEntry> ReadAsync(LogQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await database.FindTaskAsync(query.TaskId, cancellation) is { } task)
        {
            await foreach (LogEntry entry in ReadAsync(query, task, cancellation))
            {
                yield return entry;
            }
        }
    }

    public async Task<long> CountAsync(LogQuery query, CancellationToken cancellation)
    {
        if (await database.FindTaskAsync(query.TaskId, cancellation) is not { } task)
        {
            return 0;
        }

        (BlockCursor cursor, LineMatcher matcher) = Prepare(query with { Descending = false }, task);
        long count = 0;
        while (await cursor.NextAsync(cancellation) is { } header)
        {
            if (matcher.Count(header, cursor.Wanted) is { } known)
            {
                count += known;
                continue;
            }

            using BlockContent? content = await cursor.OpenAsync(matcher.CanMatch, cancellation);
            if (content is not { HasLines: true })
            {
                continue;
            }

            (int start, int end) = content.Find(cursor.Wanted);
            for (int index = start; index < end; index++)
            {
                count += matcher.Matches(content, index) ? 1 : 0;
            }
        }

        return count;
    }

    private async IAsyncEnumerable<LogEntry> ReadAsync(
        LogQuery query, TaskRecord task, [EnumeratorCancellation] CancellationToken cancellation)
    {
        (BlockCursor cursor, LineMatcher matcher) = Prepare(query, task);
        if (query.Limit <= 0 || !matcher.CanMatch(task.Statistics))
        {
            yield break;
        }

        long skip = query.Skip;
        int left = query.Limit ?? int.MaxValue;
        while (await cursor.NextAsync(cancellation) is { } header)
        {
            if (matcher.Count(header, cursor.Wanted) is { } known && known <= skip)
            {
                skip -= known;
                continue;
            }

            using BlockContent? content = await cursor.OpenAsync(matcher.CanMatch, cancellation);
            if (content is not { HasLines: true })
            {
                continue;
            }

            (int start, int end) = content.Find(cursor.Wanted);
            for (int step = 0; step < end - start; step++)
            {
                int index = query.Descending ? end - 1 - step : start + step;
                if (!matcher.Matches(content, index))
                {
                    continue;
                }

                if (skip > 0)
                {
                    skip--;
                    continue;
                }

                yield return content.Entry(index);
                if (--left == 0)
                {
                    yield break;
                }
            }
        }
    }

    /// <summary>A query as of now: lines that come later are not part of it.</summary>
    private (BlockCursor Cursor, LineMatcher Matcher) Prepare(LogQuery query, TaskRecord task)
    {
        long upTo = Math.Min(query.BeforeSeq is { } before ? before - 1 : long.MaxValue, task.LastSeq);
        return (
            new BlockCursor(database, new BlockRange(query.TaskId, query.AfterSeq, upTo, query.Descending)),
            new LineMatcher(query));
    }
}
