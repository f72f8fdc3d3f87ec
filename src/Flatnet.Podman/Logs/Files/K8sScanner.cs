using Microsoft.Win32.SafeHandles;

namespace Flatnet.Podman.Logs;

/// <summary>
/// Reads lines forward from a place in a log file. Blocks that cannot hold a wanted line are passed over without looking at their
/// lines, unless a line in pieces is about.
/// </summary>
internal sealed class K8sScanner
{
    private const int LongestRecord = 2 * LineAssembler.LongestLine;

    private readonly ILineFilter? _filter;
    private readonly TimeRange _range;
    private readonly LineAssembler _assembler;
    private readonly ScanSizes _sizes;

    private SafeFileHandle _file;
    private long _from;
    private long _to;

    // The file's bytes from _offset on are in _buffer[.._filled]; whole lines end at _lines, of which those before _at are done.
    private byte[] _buffer;
    private long _offset;
    private int _filled;
    private int _lines;
    private int _at;

    private byte[] _lastRead = [];
    private bool _skips;
    private long _timestamp;

    /// <summary>Scans the lines that end between two places of the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="from">The beginning of a line.</param>
    /// <param name="to">The end of a line, or <see cref="long.MaxValue"/> for all there is, also what is written later.</param>
    /// <param name="filter">Which lines are wanted.</param>
    /// <param name="range">When they were written.</param>
    /// <param name="hasTerminal">Whether lines end in CR LF.</param>
    /// <param name="sizes">How much to read at a time.</param>
    public K8sScanner(
        SafeFileHandle file, long from, long to, ILineFilter? filter, TimeRange range, bool hasTerminal, ScanSizes sizes)
    {
        _file = file;
        _from = from;
        _to = to;
        _filter = filter;
        _range = range;
        _assembler = new LineAssembler(hasTerminal);
        _sizes = sizes;
        _buffer = new byte[sizes.Block];
        _offset = LineStart.AtOrAfter(file, Math.Max(0, from - sizes.Lookback), from);
    }

    /// <summary>Up to where the file was read, whole lines or not.</summary>
    public long ReadUpTo => _offset + _filled;

    /// <summary>Whether a line was written at or after the end of the range.</summary>
    public bool IsPastRange { get; private set; }

    /// <summary>The next line; false at the end of what the file holds now. Its text is the caller's to keep.</summary>
    public bool TryRead(out LogRecord line)
    {
        do
        {
            while (_at < _lines)
            {
                if (TryReadBuffered(out line))
                {
                    return true;
                }
            }
        }
        while (Fill());

        line = default;
        return false;
    }

    /// <summary>At the end of the file: what is there of a line without its end, then lines whose last pieces never came.</summary>
    /// <param name="keepsPieces">Leaves pieces for the next file to go on with.</param>
    /// <param name="line">The line.</param>
    public bool TryFinish(bool keepsPieces, out LogRecord line)
    {
        if (_filled > _lines)
        {
            ReadOnlyMemory<byte> rest = _buffer.AsMemory(_lines.._filled);
            _at = _lines = _filled;
            if (TryTake(rest, out line))
            {
                return true;
            }
        }

        while (!keepsPieces && _assembler.TryTakeUnfinished(out line, out _))
        {
            if (IsWanted(line))
            {
                return true;
            }
        }

        line = default;
        return false;
    }

    /// <summary>Goes on at the beginning of another file, or of this one, which was emptied.</summary>
    public void Continue(SafeFileHandle file)
    {
        _file = file;
        _from = 0;
        _to = long.MaxValue;
        _offset = 0;
        _at = _lines = _filled = 0;
        _lastRead = [];
    }

    /// <summary>Whether the file still holds what was read last; not so when it was emptied, even if it has grown since.</summary>
    public bool IsUnchanged()
    {
        Span<byte> now = stackalloc byte[_lastRead.Length];
        return RandomAccess.GetLength(_file) >= ReadUpTo
            && RandomAccess.Read(_file, now, ReadUpTo - now.Length) == now.Length
            && now.SequenceEqual(_lastRead);
    }

    // Buffered lines up to the first wanted one.
    private bool TryReadBuffered(out LogRecord line)
    {
        if (_skips)
        {
            int next = NextCandidate();
            RememberTime(next);
            _at = next;
            if (next == _lines)
            {
                line = default;
                return false;
            }
        }

        int newline = _buffer.AsSpan(_at.._lines).IndexOf((byte)'\n');
        int end = newline < 0 ? _lines : _at + newline;
        ReadOnlyMemory<byte> record = _buffer.AsMemory(_at..end);
        bool isBefore = _offset + _at < _from;
        _at = Math.Min(end + 1, _lines);
        return TryTake(record, out line) && !isBefore;
    }

    // Where the next line begins that holds the bytes every wanted line holds.
    private int NextCandidate()
    {
        int first = (int)Math.Clamp(_from - _offset, _at, _lines);
        int found = _buffer.AsSpan(first.._lines).IndexOf(_filter!.Required);
        return found < 0 ? _lines : first + _buffer.AsSpan(first, found).LastIndexOf((byte)'\n') + 1;
    }

    private bool TryTake(ReadOnlyMemory<byte> record, out LogRecord line)
    {
        if (!K8sRecord.TryParse(record.Span, out K8sRecord head))
        {
            // Not written by the monitor, or torn: shown as it is, rather than hidden.
            line = new LogRecord(_timestamp, LogChannel.Output, record);
        }
        else
        {
            _timestamp = head.Timestamp;
            IsPastRange |= head.Timestamp >= _range.Until;
            LogRecord piece = new(head.Timestamp, head.Channel, record[head.TextStart..]);
            if (!_assembler.TryAdd(piece, head.IsPartial, out line, out _))
            {
                return false;
            }
        }

        bool isWanted = IsWanted(line);
        line = isWanted ? line with { Text = line.Text.ToArray() } : default;
        return isWanted;
    }

    private bool IsWanted(in LogRecord line)
    {
        return _range.Contains(line.Timestamp) && (_filter is null || _filter.IsMatch(line));
    }

    // A line without a stamp has that of the line before it, which may be among those passed over.
    private void RememberTime(int before)
    {
        while (before > _at)
        {
            int start = _buffer.AsSpan(_at..(before - 1)).LastIndexOf((byte)'\n') + 1 + _at;
            if (K8sRecord.TryParse(_buffer.AsSpan(start..(before - 1)), out K8sRecord head))
            {
                _timestamp = head.Timestamp;
                IsPastRange |= head.Timestamp >= _range.Until;
                return;
            }

            before = start;
        }
    }

    private bool Fill()
    {
        _buffer.AsSpan(_lines.._filled).CopyTo(_buffer);
        _offset += _lines;
        _filled -= _lines;
        _at = _lines = 0;
        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int wanted = (int)Math.Min(_buffer.Length - _filled, _to - ReadUpTo);
        int read = wanted <= 0 ? 0 : RandomAccess.Read(_file, _buffer.AsSpan(_filled, wanted), ReadUpTo);
        if (read == 0 || (_to == long.MaxValue && !IsUnchanged()))
        {
            // A file emptied just now may hold other lines at this place already: not those that follow.
            return false;
        }

        int newline = _buffer.AsSpan(_filled, read).LastIndexOf((byte)'\n');
        _filled += read;
        // Something so long without a line end is no log; it is cut rather than held in memory.
        _lines = newline >= 0 ? _filled - read + newline + 1 : _filled < LongestRecord ? 0 : _filled;
        _skips = _filter is { Required.IsEmpty: false } && !_assembler.HasUnfinished && !MayHoldPieces();
        _lastRead = _buffer.AsSpan(Math.Max(0, _filled - 64).._filled).ToArray();
        return true;
    }

    private bool MayHoldPieces()
    {
        return _buffer.AsSpan(.._lines).IndexOf(" P "u8) >= 0;
    }
}
