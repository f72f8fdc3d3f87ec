using System.Collections.Immutable;

namespace Flatnet.Server.Storage.Blocks;

/// <summary>A query's conditions (its range of seqs aside) as they are put to blocks and to lines in them; as little as possible is unpacked for the answer.</summary>
internal sealed class LineMatcher(LogQuery query)
{
    private readonly LogFilter _filter = query.Filter;
    private readonly MessageSearch? _search = query.Filter.Text is { Length: > 0 } text ? new MessageSearch(text) : null;

    /// <summary>Whether lines of such a sum can match at all.</summary>
    public bool CanMatch(TaskStatistics statistics) =>
        statistics.Count > 0
        && (query.From is not { } from || statistics.Latest >= from)
        && (query.To is not { } to || statistics.Earliest < to)
        && Has(statistics.Sources, _filter.Sources)
        && Has(statistics.Levels, _filter.Levels);

    /// <summary>How many of a block's lines match, if that can be told without opening it.</summary>
    /// <param name="header">The block.</param>
    /// <param name="wanted">The seqs to look for in it.</param>
    public long? Count(BlockHeader header, BlockRange wanted)
    {
        TaskStatistics statistics = header.Statistics;
        if (!CanMatch(statistics))
        {
            return 0;
        }

        if (_search is not null || _filter.Pattern is not null
            || header.FirstSeq <= wanted.AfterSeq || header.LastSeq > wanted.UpToSeq
            || statistics.Earliest < query.From || statistics.Latest >= query.To)
        {
            return null;
        }

        long sources = Sum(statistics.Sources, _filter.Sources);
        long levels = Sum(statistics.Levels, _filter.Levels);
        return sources == statistics.Count ? levels : levels == statistics.Count ? sources : null;
    }

    /// <summary>Whether anything in a block can match its text.</summary>
    public bool CanMatch(BlockContent content) => _search is null || _search.CanBeIn(content.Text);

    public bool Matches(BlockContent content, int index)
    {
        ref readonly BlockLine line = ref content.Lines[index];
        return !(line.Timestamp < query.From)
            && !(line.Timestamp >= query.To)
            && (_filter.Sources & (1 << (int)line.Source)) != 0
            && (_filter.Levels & (1 << (int)line.Level)) != 0
            && (_search is null || _search.IsIn(content.MessageBytes(index)))
            && (_filter.Pattern is null || _filter.Pattern.IsMatch(content.Message(index)));
    }

    private static bool Has(ImmutableArray<long> counts, int wanted)
    {
        for (int index = 0; index < counts.Length; index++)
        {
            if (counts[index] > 0 && (wanted & (1 << index)) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static long Sum(ImmutableArray<long> counts, int wanted)
    {
        long sum = 0;
        for (int index = 0; index < counts.Length; index++)
        {
            sum += (wanted & (1 << index)) != 0 ? counts[index] : 0;
        }

        return sum;
    }
}
