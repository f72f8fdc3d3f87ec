namespace Flatnet.Podman.Logs;

/// <summary>
/// Recognises lines that were read before, when reading begins again a little before the place where it ended. The same line may
/// rightly have been written several times at one instant, so lines are counted; the n-th is known if n were read before.
/// </summary>
internal sealed class SeenLines
{
    // All lines of a second are kept or none: then whole seconds can be asked for again, whatever the precision of the stamps.
    private const int SecondsKept = 10;
    private const int SecondsRepeated = 5;
    private const int MostKept = 100_000;
    private const int FewestSeconds = 2;

    private readonly SortedDictionary<long, Dictionary<Key, Count>> _seconds = [];
    private readonly Dictionary<long, long> _begunEarlier = [];
    private int _kept;
    private long _last = long.MinValue;
    private long _from = long.MinValue;

    /// <summary>Begins again.</summary>
    /// <param name="unfinished">The stamp of the first piece of a line whose end was not read; null without one.</param>
    /// <returns>From where to read, nanoseconds since 1970; null when nothing was read yet.</returns>
    public long? Resume(long? unfinished)
    {
        foreach (Dictionary<Key, Count> counts in _seconds.Values)
        {
            foreach (Key key in counts.Keys)
            {
                counts[key] = counts[key] with { Again = 0 };
            }
        }

        if (_seconds.Count == 0)
        {
            return null;
        }

        long from = Math.Min(SecondOf(_last) - SecondsRepeated, unfinished is { } began ? SecondOf(began) : long.MaxValue);
        // A line must come again with all its pieces, or it looks like another.
        while (_begunEarlier.Where(line => line.Key >= from && line.Value < from).Select(line => line.Value).DefaultIfEmpty(from).Min() is long earlier
            && earlier < from)
        {
            from = earlier;
        }

        from = Math.Max(from, _seconds.Keys.First());
        _from = from * Rfc3339.Second;
        return _from;
    }

    /// <summary>Takes the next line; whether it was not read before.</summary>
    /// <param name="line">The line.</param>
    /// <param name="began">The stamp of its first piece.</param>
    public bool IsNew(in LogRecord line, long began)
    {
        if (line.Timestamp < _from)
        {
            return false;
        }

        long second = SecondOf(line.Timestamp);
        if (!_seconds.TryGetValue(second, out Dictionary<Key, Count>? counts))
        {
            _seconds[second] = counts = [];
            Forget(second);
        }

        Key key = new(line.Timestamp, line.Channel, line.Text.Length, HashOf(line.Text.Span));
        Count count = counts.GetValueOrDefault(key);
        int again = count.Again + 1;
        counts[key] = new Count(Math.Max(count.Read, again), again);
        if (again <= count.Read)
        {
            return false;
        }

        _kept++;
        _last = line.Timestamp;
        if (SecondOf(began) < second)
        {
            _begunEarlier[second] = Math.Min(SecondOf(began), _begunEarlier.GetValueOrDefault(second, second));
        }

        return true;
    }

    private void Forget(long now)
    {
        while (_seconds.Count > FewestSeconds
            && _seconds.First() is var oldest && (oldest.Key < now - SecondsKept || _kept > MostKept))
        {
            _kept -= oldest.Value.Values.Sum(count => count.Read);
            _seconds.Remove(oldest.Key);
            _begunEarlier.Remove(oldest.Key);
        }
    }

    private static long SecondOf(long time)
    {
        return (long)Math.Floor((decimal)time / Rfc3339.Second);
    }

    // FNV-1a in 64 bits.
    private static ulong HashOf(ReadOnlySpan<byte> text)
    {
        ulong hash = 14695981039346656037;
        foreach (byte value in text)
        {
            hash = (hash ^ value) * 1099511628211;
        }

        return hash;
    }

    private readonly record struct Key(long Time, LogChannel Channel, int Length, ulong Hash);

    private readonly record struct Count(int Read, int Again);
}
