namespace Flatnet.Cli.Logs;

/// <summary>Keeps the last matches of a source with the lines around them, and forgets the others.</summary>
internal sealed class LastMatches(int count, int before)
{
    private readonly Queue<LogLine> _lines = new();
    private readonly Queue<long> _matches = new();
    private long? _forgotten;
    private int _forgottenTogether;

    public int Matches => _matches.Count;

    /// <summary>What is kept, oldest first.</summary>
    public IReadOnlyCollection<LogLine> Lines => _lines;

    /// <summary>How many lines before the first one that is kept have the same time, or no time either.</summary>
    public int ForgottenAtFirst => _lines.TryPeek(out LogLine first) && first.Timestamp == _forgotten ? _forgottenTogether : 0;

    public void Add(in LogLine line, bool isMatch)
    {
        if (isMatch)
        {
            _matches.Enqueue(line.Number);
            if (_matches.Count > count)
            {
                _matches.Dequeue();
            }
        }

        long first = _matches.TryPeek(out long match) ? match - before : long.MaxValue;
        _lines.Enqueue(line.Kept());
        // Lines before the first match wait for it: it comes right after them.
        while (_matches.Count > 0 && _lines.TryPeek(out LogLine oldest) && oldest.Number < first)
        {
            _lines.Dequeue();
            _forgottenTogether = oldest.Timestamp == _forgotten ? _forgottenTogether + 1 : 1;
            _forgotten = oldest.Timestamp;
        }
    }
}
