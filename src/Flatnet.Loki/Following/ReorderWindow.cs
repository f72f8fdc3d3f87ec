using Flatnet.Loki.Reading;

namespace Flatnet.Loki.Following;

/// <summary>
/// Holds live lines for a moment, because another stream may still bring older ones. Lines of one stream stay in the order in
/// which they came; a line that comes too late is late, not lost.
/// </summary>
internal sealed class ReorderWindow(TimeSpan window)
{
    /// <summary>Only streams with lines that wait, by number.</summary>
    private readonly SortedDictionary<int, Queue<(Entry Entry, long Due)>> _waiting = [];
    private readonly HashSet<int> _known = [];

    /// <summary>When the next line must go out, in the caller's milliseconds; null when none is held.</summary>
    public long? NextDue { get; private set; }

    public void Add(Entry entry, long now)
    {
        _known.Add(entry.Stream.Stream);
        if (!_waiting.TryGetValue(entry.Stream.Stream, out var queue))
        {
            _waiting.Add(entry.Stream.Stream, queue = new());
        }

        // Where only one stream speaks there is nothing to wait for.
        var due = _known.Count == 1 ? now : now + (long)window.TotalMilliseconds;
        queue.Enqueue((entry, due));
        NextDue = Math.Min(NextDue ?? due, due);
    }

    /// <summary>The lines whose time has come, and the older ones of other streams before them.</summary>
    /// <param name="now">The caller's milliseconds; the largest number for all lines.</param>
    public IEnumerable<Entry> Take(long now)
    {
        while (NextDue <= now)
        {
            var (stream, queue) = _waiting.MinBy(static waiting => waiting.Value.Peek().Entry.Timestamp);
            var entry = queue.Dequeue().Entry;
            if (queue.Count == 0)
            {
                _waiting.Remove(stream);
            }

            NextDue = _waiting.Count == 0 ? null : _waiting.Values.Min(static waiting => waiting.Peek().Due);
            yield return entry;
        }
    }
}
