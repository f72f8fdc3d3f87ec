using Flatnet.Logs;
using Flatnet.Server.Ingest;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Live;

/// <summary>Lines of one commit.</summary>
internal sealed class PublishedLines(string taskId, IReadOnlyList<LogEntry> entries) : Publication
{
    private readonly Lock _lock = new();
    private readonly Dictionary<LogFilter, Lines?> _filtered = [];
    private readonly Lines _all = new(taskId, entries);

    public long FirstSeq { get; } = entries[0].Seq;

    public long LastSeq { get; } = entries[^1].Seq;

    public override int LineCount => entries.Count;

    public override long Bytes { get; } = EntrySize.Of(entries);

    /// <summary>The lines that pass, the same object for all viewers with an equal filter; null if none does.</summary>
    public Lines? Filter(LogFilter filter)
    {
        if (filter == LogFilter.All)
        {
            return _all;
        }

        lock (_lock)
        {
            if (!_filtered.TryGetValue(filter, out Lines? lines))
            {
                lines = Select(filter, 0);
                _filtered.Add(filter, lines);
            }

            return lines;
        }
    }

    /// <summary>Those above a seq that pass; for a viewer that has a part of them already.</summary>
    public Lines? FilterAfter(LogFilter filter, long seq) => seq < FirstSeq ? Filter(filter) : Select(filter, seq);

    private Lines? Select(LogFilter filter, long afterSeq)
    {
        List<LogEntry>? selected = null;
        foreach (LogEntry entry in entries)
        {
            if (entry.Seq > afterSeq && filter.Matches(entry))
            {
                (selected ??= []).Add(entry);
            }
        }

        return selected is null ? null : new(taskId, selected);
    }
}
