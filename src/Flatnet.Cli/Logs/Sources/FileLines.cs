using Microsoft.Win32.SafeHandles;

namespace Flatnet.Cli.Logs;

/// <summary>Reads a file line by line, also while it grows.</summary>
internal sealed class FileLines(SafeFileHandle file, long from)
{
    private const int Block = 64 * 1024;
    private const int LongestLine = 1024 * 1024;

    // The file's bytes up to _position are read; those in _buffer[_start.._end] are not handed out yet.
    private long _position = from;
    private byte[] _buffer = new byte[Block];
    private int _start;
    private int _end;
    private int _searched;

    /// <summary>The next whole line without its end, valid until the next call; false at the end of what is there. A line that is
    /// too long comes in pieces.</summary>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        while (true)
        {
            int length = _buffer.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                int end = _searched + length;
                line = WithoutReturn(_buffer.AsMemory(_start, end - _start));
                _start = _searched = end + 1;
                return true;
            }

            _searched = _end;
            if (_end - _start >= LongestLine)
            {
                return TryFinish(out line);
            }

            MakeRoom();
            int read = RandomAccess.Read(file, _buffer.AsSpan(_end), _position);
            if (read == 0)
            {
                line = default;
                return false;
            }

            _position += read;
            _end += read;
        }
    }

    /// <summary>What is there of a line that has no end yet; false if nothing.</summary>
    public bool TryFinish(out ReadOnlyMemory<byte> line)
    {
        line = _buffer.AsMemory(_start, _end - _start);
        _start = _searched = _end;
        return line.Length > 0;
    }

    /// <summary>Begins again if the file was emptied meanwhile.</summary>
    public void Refresh()
    {
        if (RandomAccess.GetLength(file) < _position)
        {
            _position = 0;
            _start = _end = _searched = 0;
        }
    }

    private static ReadOnlyMemory<byte> WithoutReturn(ReadOnlyMemory<byte> line) => line.Span is [.., (byte)'\r'] ? line[..^1] : line;

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _searched -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }
}
