using System.Buffers;

namespace Flatnet.Podman.Logs;

/// <summary>
/// Puts lines together from the pieces that the container monitor cut them into, separately for standard output and error.
/// A line bears the stamp of its last piece, so that lines come out in the order of their stamps.
/// </summary>
internal sealed class LineAssembler(bool hasTerminal)
{
    /// <summary>A line that grows to this many bytes is handed out as it is; its rest is a line of its own.</summary>
    public const int LongestLine = 1 << 20;

    private readonly Unfinished _output = new(LogChannel.Output);
    private readonly Unfinished _error = new(LogChannel.Error);

    /// <summary>Whether pieces wait for their line's end.</summary>
    public bool HasUnfinished => _output.Any || _error.Any;

    /// <summary>Takes a piece; true when it completes a line.</summary>
    /// <param name="piece">A piece, or a whole line.</param>
    /// <param name="isPartial">Whether more of the line follows.</param>
    /// <param name="line">The line; its text may lie in the piece's memory.</param>
    /// <param name="began">The stamp of its first piece.</param>
    public bool TryAdd(in LogRecord piece, bool isPartial, out LogRecord line, out long began)
    {
        Unfinished unfinished = piece.Channel == LogChannel.Error ? _error : _output;
        began = piece.Timestamp;
        line = piece;
        if (isPartial || unfinished.Any)
        {
            unfinished.Add(piece);
            if (isPartial && unfinished.Length < LongestLine)
            {
                return false;
            }

            line = unfinished.Take(out began);
        }

        if (hasTerminal && line.Text.Span is [.., (byte)'\r'])
        {
            line = line with { Text = line.Text[..^1] };
        }

        return true;
    }

    /// <summary>Hands out one line whose end never came, the older first.</summary>
    public bool TryTakeUnfinished(out LogRecord line, out long began)
    {
        Unfinished first = _output.Any && (!_error.Any || _output.Timestamp <= _error.Timestamp) ? _output : _error;
        bool any = first.Any;
        line = any ? first.Take(out began) : NoLine(out began);
        return any;
    }

    private static LogRecord NoLine(out long began)
    {
        began = 0;
        return default;
    }

    private sealed class Unfinished(LogChannel channel)
    {
        private readonly ArrayBufferWriter<byte> _text = new();
        private long _began;

        public bool Any { get; private set; }

        public long Timestamp { get; private set; }

        public int Length => _text.WrittenCount;

        public void Add(in LogRecord piece)
        {
            _began = Any ? _began : piece.Timestamp;
            Any = true;
            Timestamp = piece.Timestamp;
            _text.Write(piece.Text.Span);
        }

        public LogRecord Take(out long began)
        {
            LogRecord line = new(Timestamp, channel, _text.WrittenSpan.ToArray());
            began = _began;
            Any = false;
            _text.ResetWrittenCount();
            return line;
        }
    }
}
