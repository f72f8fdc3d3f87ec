namespace Flatnet.Loki.TestServer;

/// <summary>Lines in memory, in the order in which they came; like Loki it drops a line that it has already.</summary>
public sealed class LineStore
{
    private readonly Lock _lock = new();
    private readonly List<StoredLine> _lines = [];
    private readonly HashSet<(string, long, string)> _known = [];
    private Action<StoredLine>? _listeners;

    /// <summary>All lines.</summary>
    public IReadOnlyList<StoredLine> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Adds a line, with the level that Loki finds in it as metadata, and tells the tails.</summary>
    public void Add(long timestamp, string line, IEnumerable<KeyValuePair<string, string>> labels, IEnumerable<KeyValuePair<string, string>>? metadata = null)
    {
        var level = line.Contains("error", StringComparison.OrdinalIgnoreCase) ? "error"
            : line.Contains("info", StringComparison.OrdinalIgnoreCase) ? "info" : "unknown";
        var attached = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["detected_level"] = level };
        foreach (var (name, value) in metadata ?? [])
        {
            attached[name] = value;
        }

        var stored = new StoredLine(timestamp, line, Sorted(labels), attached);
        lock (_lock)
        {
            if (_known.Add((stored.Stream, timestamp, line)))
            {
                _lines.Add(stored);
                _listeners?.Invoke(stored);
            }
        }
    }

    /// <summary>The lines of a range query, each stream's sorted in the direction, cut to the limit as Loki cuts.</summary>
    public List<StoredLine> Query(LogQuery query, long start, long end, int limit, bool backward)
    {
        lock (_lock)
        {
            var matching = _lines.Where(line => line.Timestamp >= start && line.Timestamp < end && query.Matches(line));
            var sorted = matching.OrderBy(static line => line.Timestamp).ThenBy(static line => line.Stream, StringComparer.Ordinal).ToList();
            if (backward)
            {
                sorted.Reverse();
            }

            return sorted.Count > limit ? sorted.GetRange(0, limit) : sorted;
        }
    }

    /// <summary>Calls for every line that comes from now on; the result stops that.</summary>
    internal Action Listen(Action<StoredLine> listener)
    {
        lock (_lock)
        {
            _listeners += listener;
        }

        return () =>
        {
            lock (_lock)
            {
                _listeners -= listener;
            }
        };
    }

    private static SortedDictionary<string, string> Sorted(IEnumerable<KeyValuePair<string, string>> labels)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in labels)
        {
            sorted[name] = value;
        }

        return sorted;
    }
}
