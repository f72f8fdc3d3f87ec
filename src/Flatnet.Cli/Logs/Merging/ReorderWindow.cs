namespace Flatnet.Cli.Logs;

/// <summary>
/// Puts lines that several live sources bring at about the same time into order. A line waits until every source has a newer one,
/// or for <see cref="Length"/> from its arrival; one that comes later than that is handed out late.
/// </summary>
/// <param name="sources">How many sources there are.</param>
internal sealed class ReorderWindow(int sources)
{
    /// <summary>How long a line waits for older ones of other sources.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMilliseconds(300);

    /// <summary>How long, from the beginning, is waited for the first line of a source: its history may take a while to come.</summary>
    public static readonly TimeSpan FirstLine = TimeSpan.FromSeconds(2);

    private readonly Queue<(LogLine Line, long Time, TimeSpan Arrival)>[] _waiting = [.. Enumerable.Range(0, sources).Select(_ => new Queue<(LogLine, long, TimeSpan)>())];
    private readonly bool[] _hasEnded = new bool[sources];
    private readonly bool[] _hasBegun = new bool[sources];
    private readonly long[] _latest = new long[sources];

    /// <summary>Takes the next line of a source, to be kept.</summary>
    /// <param name="source">Which one.</param>
    /// <param name="line">The line.</param>
    /// <param name="now">Time since the beginning.</param>
    public void Add(int source, in LogLine line, TimeSpan now)
    {
        _hasBegun[source] = true;
        _latest[source] = line.Timestamp ?? _latest[source];
        _waiting[source].Enqueue((line, _latest[source], now));
    }

    /// <summary>No more lines will come from a source.</summary>
    public void End(int source) => _hasEnded[source] = true;

    /// <summary>Takes the oldest line if it need not wait.</summary>
    /// <param name="now">Time since the beginning.</param>
    /// <param name="source">Whose it is.</param>
    /// <param name="line">The line.</param>
    /// <param name="wait">If there is none: when to ask again at the latest, from now; null when only a new line can change anything.</param>
    public bool TryTake(TimeSpan now, out int source, out LogLine line, out TimeSpan? wait)
    {
        line = default;
        wait = null;
        source = -1;
        bool hasAll = true;
        bool isEarly = false;
        for (int i = 0; i < _waiting.Length; i++)
        {
            if (_waiting[i].TryPeek(out (LogLine Line, long Time, TimeSpan Arrival) head))
            {
                source = source < 0 || head.Time < _waiting[source].Peek().Time ? i : source;
            }
            else if (!_hasEnded[i])
            {
                hasAll = false;
                isEarly |= !_hasBegun[i];
            }
        }

        if (source < 0)
        {
            return false;
        }

        TimeSpan due = _waiting[source].Peek().Arrival + Length;
        due = isEarly && due < FirstLine ? FirstLine : due;
        if (!hasAll && now < due)
        {
            wait = due - now;
            return false;
        }

        line = _waiting[source].Dequeue().Line;
        return true;
    }
}
