using Flatnet.Logs;
using Flatnet.Logs.Redaction;
using LogFilter = Flatnet.Logs.Redaction.LogFilter;

namespace Flatnet.Server.Ingest;

/// <summary>
/// A redactor for each stream of each task: a private key goes over several lines, and over several writes. Streams do not say when
/// they end; the ones that were silent longest are forgotten.
/// </summary>
internal sealed class StreamRedactors(LogFilterOptions options)
{
    private const int MostStreams = 4096;

    private readonly LogFilter _filter = new(options);
    private readonly Lock _lock = new();
    private readonly Dictionary<(string TaskId, string StreamId), LinkedListNode<Stream>> _streams = [];
    private readonly LinkedList<Stream> _byUse = new();

    /// <summary>How many streams are remembered.</summary>
    public int Count => _streams.Count;

    /// <summary>The lines as they may be stored, the same list if nothing was to be done.</summary>
    public IReadOnlyList<LogEntry> Redact(string taskId, IReadOnlyList<LogEntry> entries)
    {
        List<LogEntry>? redacted = null;
        Stream? stream = null;
        for (int i = 0; i < entries.Count; i++)
        {
            string streamId = entries[i].StreamId ?? "";
            if (stream?.Id != streamId)
            {
                stream = Get(taskId, streamId);
            }

            LogEntry? entry = stream.Redact(entries[i]);
            if (redacted is null && !ReferenceEquals(entry, entries[i]))
            {
                redacted = [.. entries.Take(i)];
            }

            if (entry is not null)
            {
                redacted?.Add(entry);
            }
        }

        return redacted ?? entries;
    }

    private Stream Get(string taskId, string streamId)
    {
        lock (_lock)
        {
            if (_streams.TryGetValue((taskId, streamId), out LinkedListNode<Stream>? node))
            {
                _byUse.Remove(node);
            }
            else
            {
                if (_streams.Count == MostStreams)
                {
                    Stream silent = _byUse.Last!.Value;
                    _byUse.RemoveLast();
                    _streams.Remove((silent.TaskId, silent.Id));
                }

                node = new(new Stream(taskId, streamId, _filter));
                _streams.Add((taskId, streamId), node);
            }

            _byUse.AddFirst(node);
            return node.Value;
        }
    }

    private sealed class Stream(string taskId, string id, LogFilter filter)
    {
        private readonly Lock _lock = new();
        private readonly LineRedactor _redactor = new(filter);

        public string TaskId => taskId;

        public string Id => id;

        /// <summary>A stream may come over an old and a new connection at once.</summary>
        public LogEntry? Redact(LogEntry entry)
        {
            lock (_lock)
            {
                return _redactor.Redact(entry);
            }
        }
    }
}
