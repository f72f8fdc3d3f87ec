namespace Flatnet.Podman.Logs;

/// <summary>Makes lines of pieces that come over several connections: each line once, and only those that the query wants.</summary>
internal sealed class LineJoin(LogQuery query, bool hasTerminal)
{
    private readonly TimeRange _range = TimeRange.Of(query);
    private readonly SeenLines _seen = new();
    private LineAssembler _assembler = new(hasTerminal);
    private long? _unfinishedSince;

    /// <summary>Whether a line was written at or after the end of the query's range.</summary>
    public bool IsPastRange { get; private set; }

    /// <summary>A new connection begins.</summary>
    /// <returns>From where to read; null for the beginning.</returns>
    public long? Begin()
    {
        long? from = _seen.Resume(_unfinishedSince) ?? query.Since;
        _assembler = new LineAssembler(hasTerminal);
        _unfinishedSince = null;
        return from;
    }

    /// <summary>Takes the next piece; true when it completes a line that is new and wanted.</summary>
    public bool TryAdd(in LogPiece piece, out LogRecord line)
    {
        IsPastRange |= piece.Record.Timestamp >= _range.Until;
        if (_assembler.TryAdd(piece.Record, piece.IsPartial, out line, out long began))
        {
            _unfinishedSince = _assembler.HasUnfinished ? _unfinishedSince : null;
            return _seen.IsNew(line, began) && IsWanted(line);
        }

        _unfinishedSince = Math.Min(piece.Record.Timestamp, _unfinishedSince ?? long.MaxValue);
        return false;
    }

    /// <summary>When nothing more will come: lines whose ends never came.</summary>
    public bool TryFinish(out LogRecord line)
    {
        while (_assembler.TryTakeUnfinished(out line, out long began))
        {
            if (_seen.IsNew(line, began) && IsWanted(line))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsWanted(in LogRecord line)
    {
        return _range.Contains(line.Timestamp) && (query.Filter is null || query.Filter.IsMatch(line));
    }
}
