using System.Text;
using System.Text.Unicode;
using Flatnet.Agent.Spool;
using Flatnet.Agent.Telemetry;
using Flatnet.Logs;
using Flatnet.Logs.Redaction;
using Flatnet.Logs.Times;

namespace Flatnet.Agent.Capture;

/// <summary>
/// Makes of each line what is spooled: finds its level, masks its secrets, gives it its sequence. Used by one thread; lines
/// gather in memory until there are enough for one write, or <see cref="Flush"/> is called because no more are waiting.
/// </summary>
internal sealed class LineEncoder : ILineSink
{
    private const int FlushLength = 512 * 1024;

    private readonly CaptureOptions _options;
    private readonly SpoolWriter? _spool;
    private readonly AgentMetrics _metrics;
    private readonly LineEcho? _echo;
    private readonly RecordBuffer _records;
    private readonly LineRedactor _redactor;
    private readonly LevelTracker[] _trackers = [new(), new(), new(), new()];
    private readonly LogLevel[] _levels = new LogLevel[4];
    private readonly byte[] _time = new byte[Rfc3339.Length];
    private volatile LogLevel _level;
    private long _formatted = long.MinValue;
    private long _sequence;
    private long _agentLines;
    private long _toldDropped;

    /// <param name="options">What becomes of lines.</param>
    /// <param name="spool">Where they go; null for nowhere.</param>
    /// <param name="metrics">Where they are counted.</param>
    public LineEncoder(CaptureOptions options, SpoolWriter? spool, AgentMetrics metrics)
    {
        _options = options;
        _level = options.Level;
        _spool = spool;
        _metrics = metrics;
        _echo = options.IsEchoed ? new LineEcho() : null;
        _records = new RecordBuffer(spool?.StreamId ?? "");
        _redactor = new LineRedactor(options.Filter);
    }

    /// <summary>The spool is full: taking more lines would only fill the memory, too.</summary>
    public bool IsHeld => _spool?.IsFull == true;

    /// <summary>Lines below it are counted and not streamed, from now on; from any thread.</summary>
    public LogLevel Level
    {
        get => _level;
        set => _level = value;
    }

    public long Take(in RawLine line)
    {
        LogLevel level = LevelOf(line);
        _metrics.CountLine(line.Source, level);
        // Every line, shown or not: a private key begins in one and ends in another.
        if (_redactor.LeavesAlone(line.Source, line.Text))
        {
            return Spool(line, line.Text, level, originalLength: 0, isInvalid: false);
        }

        var entry = new LogEntry
        {
            Timestamp = line.Timestamp,
            Source = line.Source,
            Level = level,
            Message = Encoding.UTF8.GetString(line.Text),
            IsPartial = line.IsPartial,
            Replaces = line.Replaces,
        };
        return _redactor.Redact(entry) is { } kept
            ? Spool(line, Encoding.UTF8.GetBytes(kept.Message), level, kept.OriginalLength, isInvalid: !Utf8.IsValid(line.Text))
            : 0;
    }

    /// <summary>A remark of the agent itself, in its place among the task's lines.</summary>
    public void Remark(LogLevel level, string text, long timestamp)
    {
        _levels[(int)LogSource.Agent] = level;
        Take(new RawLine
        {
            Source = LogSource.Agent,
            Text = Encoding.UTF8.GetBytes(text),
            Number = ++_agentLines,
            Timestamp = timestamp,
            // Keeps the level that was just set.
            IsContinuation = true,
        });
    }

    /// <summary>Spools what has gathered, and shows it.</summary>
    /// <exception cref="SpoolException">It could not be written.</exception>
    public void Flush()
    {
        _spool?.Append(_records);
        _records.Clear();
        _echo?.Flush();
        if (_spool is { } spool && spool.Dropped != _toldDropped)
        {
            long dropped = spool.Dropped - _toldDropped;
            _toldDropped = spool.Dropped;
            _metrics.CountDropped(dropped);
            Remark(LogLevel.Warn, $"{dropped} lines before this one were dropped, because the spool was full", Clock.Now());
        }
    }

    private long Spool(in RawLine line, ReadOnlySpan<byte> message, LogLevel level, int originalLength, bool isInvalid)
    {
        _echo?.Write(line, message);
        if (level < _level || _spool is null)
        {
            return 0;
        }

        var details = new LineDetails
        {
            Sequence = ++_sequence,
            Level = level,
            Time = Format(line.Timestamp),
            OriginalLength = originalLength,
            IsInvalidText = isInvalid,
        };
        int length = LineJson.Write(_records.Reserve(LineJson.MaxLength(message.Length)), line, message, details);
        _records.Add(RecordKind.Line, _sequence, length);
        if (_records.Lines >= _options.BufferLines || _records.Length >= FlushLength)
        {
            Flush();
        }

        return _sequence;
    }

    // All lines of one read have one time.
    private ReadOnlySpan<byte> Format(long timestamp)
    {
        if (timestamp != _formatted)
        {
            Rfc3339.Format(timestamp, _time);
            _formatted = timestamp;
        }

        return _time;
    }

    private LogLevel LevelOf(in RawLine line)
    {
        ref LogLevel level = ref _levels[(int)line.Source];
        if (!line.IsContinuation)
        {
            LogLevel unnamed = line.Source == LogSource.Stderr ? _options.StderrDefault : LogLevel.Info;
            level = _trackers[(int)line.Source].Next(line.Text, line.Timestamp) ?? unnamed;
        }

        return level;
    }
}
