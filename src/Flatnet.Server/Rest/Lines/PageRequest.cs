using Flatnet.Server.Errors;
using Flatnet.Server.Rest.Query;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Rest.Lines;

/// <summary>Which part of the matching lines is wanted: a page by number, a page beside a cursor, or the tail.</summary>
internal sealed record PageRequest
{
    private const int StandardSize = 100;

    /// <summary>The page's number; null for one beside a cursor, or the tail.</summary>
    public int? Number { get; private init; }

    public int Size { get; private init; } = StandardSize;

    public long? AfterSeq { get; private init; }

    public long? BeforeSeq { get; private init; }

    public bool IsTail { get; private init; }

    public bool IsDescending { get; private init; }

    /// <summary>The task as it was when this was its last line; null for as it is.</summary>
    public long? MaxSeq { get; private init; }

    /// <summary>Whether the lines next to the end of the range are wanted, which must be read backwards, and not those at its beginning.</summary>
    public bool ReadsBackwards => Number is not null || (AfterSeq is not null && BeforeSeq is not null) ? IsDescending
        : IsTail || (AfterSeq is null && (BeforeSeq is not null || IsDescending));

    /// <exception cref="ApiException">Parameters that exclude each other are given.</exception>
    public static PageRequest Read(QueryReader query)
    {
        Parameter[] cursor = [Parameters.AfterSeq, Parameters.BeforeSeq, Parameters.Limit];
        Refuse(query, Parameters.Tail, [.. cursor, Parameters.Page, Parameters.Size]);
        Refuse(query, Parameters.Page, cursor);
        Refuse(query, Parameters.Size, cursor);
        bool isCursor = cursor.Any(query.Has);
        bool isTail = query.Has(Parameters.Tail);
        return new PageRequest
        {
            Number = isCursor || isTail ? null : (int)(query.Whole(Parameters.Page) ?? 0),
            Size = (int)(query.Whole(isTail ? Parameters.Tail : isCursor ? Parameters.Limit : Parameters.Size) ?? StandardSize),
            AfterSeq = query.Whole(Parameters.AfterSeq),
            BeforeSeq = query.Whole(Parameters.BeforeSeq),
            IsTail = isTail,
            IsDescending = query.Text(Parameters.Order) == "desc",
            MaxSeq = query.Whole(Parameters.MaxSeq),
        };
    }

    /// <summary>The query for one line more than the page has, to see whether there are any.</summary>
    public LogQuery Narrow(LogQuery query) => query with
    {
        AfterSeq = AfterSeq ?? 0,
        BeforeSeq = Math.Min(BeforeSeq ?? long.MaxValue, query.BeforeSeq!.Value),
        Descending = ReadsBackwards,
        Skip = (long)(Number ?? 0) * Size,
        Limit = Size + 1,
    };

    private static void Refuse(QueryReader query, Parameter one, Parameter[] others)
    {
        if (query.Has(one) && others.FirstOrDefault(query.Has) is { } other)
        {
            throw Refusal.Parameter(other.Name, $"'{other.Name}' and '{one.Name}' exclude each other.");
        }
    }
}
