using Flatnet.Loki.Reading;

namespace Flatnet.Loki.Following;

/// <summary>
/// Remembers the newest lines, so that one which comes again is recognised. Loki keeps a line with the same stream, time and
/// text only once, so a set is enough.
/// </summary>
internal sealed class SeenEntries(TimeSpan age, int count)
{
    private readonly HashSet<Key> _keys = [];
    private readonly Queue<Key> _order = [];
    private readonly long _age = age.Nanoseconds();

    /// <summary>Nothing from here on is forgotten: a tail that was just opened may still send it.</summary>
    public long KeepFrom { get; set; } = long.MaxValue;

    /// <summary>Remembers a line; false if it was there already.</summary>
    /// <param name="entry">The line.</param>
    /// <param name="newest">The time up to which lines were read.</param>
    public bool Add(Entry entry, long newest)
    {
        var key = new Key(entry.Timestamp, entry.Stream.Stream, entry.Line);
        if (!_keys.Add(key))
        {
            return false;
        }

        _order.Enqueue(key);
        var oldest = Math.Min(newest - _age, KeepFrom);
        while (_order.Count > count && _order.Peek().Timestamp < oldest)
        {
            _keys.Remove(_order.Dequeue());
        }

        return true;
    }

    private readonly record struct Key(long Timestamp, int Stream, string Line);
}
