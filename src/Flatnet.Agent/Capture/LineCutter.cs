using System.Diagnostics;
using Flatnet.Logs;

namespace Flatnet.Agent.Capture;

/// <summary>
/// Cuts the bytes of one pipe into lines. How the bytes are chunked makes no difference: lines end at LF, one CR before it is
/// no part of the line, and a line longer than <see cref="MaxLength"/> comes in parts. Only <see cref="Flush"/>, which is for
/// prompts, shows a line before its end; its end then says which entry it replaces.
/// </summary>
internal sealed class LineCutter(LogSource source, ILineSink sink)
{
    /// <summary>The longest line, in bytes, that stays whole.</summary>
    public const int MaxLength = 64 * 1024;

    // Twice the longest line would do; more means fewer moves.
    private const int BufferLength = 256 * 1024;

    // What makes sure that a line is too long even if it ends with CR and LF.
    private const int SurelyTooLong = MaxLength + 2;

    private readonly byte[] _buffer = new byte[BufferLength];
    private int _start;
    private int _end;
    private long _number = 1;
    private bool _isContinuation;
    private int _shown;
    private long _replaces;

    /// <summary>There is a line without end that was not shown yet.</summary>
    public bool HasUnshown => _end - _start > _shown;

    /// <summary>There is a line without end.</summary>
    public bool HasPending => _end > _start;

    /// <summary>When bytes came the last time, as <see cref="Stopwatch.GetTimestamp"/> counts.</summary>
    public long LastRead { get; private set; }

    /// <summary>Takes the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes, long timestamp)
    {
        LastRead = Stopwatch.GetTimestamp();
        while (!bytes.IsEmpty)
        {
            int count = Math.Min(bytes.Length, _buffer.Length - _end);
            bytes[..count].CopyTo(_buffer.AsSpan(_end));
            Advance(count, timestamp);
            bytes = bytes[count..];
        }
    }

    /// <summary>Nothing came for a while: shows the line that has no end yet.</summary>
    public void Flush(long timestamp)
    {
        if (HasUnshown)
        {
            _shown = _end - _start;
            _replaces = Take(WithoutReturn(_buffer.AsSpan(_start, _shown)), isPartial: true, timestamp);
        }
    }

    /// <summary>Nothing more comes: what is left is a line.</summary>
    public void End(long timestamp)
    {
        if (HasPending || _isContinuation)
        {
            Finish(WithoutReturn(_buffer.AsSpan(_start, _end - _start)), timestamp);
        }

        _start = _end = 0;
    }

    private void Advance(int count, long timestamp)
    {
        int searched = _end;
        _end += count;
        while (_buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n') is var distance and >= 0)
        {
            int lineEnd = searched + distance;
            Finish(WithoutReturn(_buffer.AsSpan(_start, lineEnd - _start)), timestamp);
            _start = searched = lineEnd + 1;
        }

        while (_end - _start >= SurelyTooLong)
        {
            _start += TakePart(_buffer.AsSpan(_start, _end - _start), timestamp);
        }

        MakeRoom();
    }

    private void Finish(ReadOnlySpan<byte> line, long timestamp)
    {
        while (line.Length > MaxLength)
        {
            line = line[TakePart(line, timestamp)..];
        }

        Take(line, isPartial: false, timestamp);
        _number++;
        _isContinuation = false;
        _shown = 0;
        _replaces = 0;
    }

    private int TakePart(ReadOnlySpan<byte> line, long timestamp)
    {
        int length = CharacterBoundary(line);
        Take(line[..length], isPartial: true, timestamp);
        _isContinuation = true;
        _shown = 0;
        _replaces = 0;
        return length;
    }

    private long Take(ReadOnlySpan<byte> text, bool isPartial, long timestamp) => sink.Take(new RawLine
    {
        Source = source,
        Text = text,
        Number = _number,
        Timestamp = timestamp,
        IsPartial = isPartial,
        IsContinuation = _isContinuation,
        Replaces = _replaces,
    });

    private void MakeRoom()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_buffer.Length - _end < SurelyTooLong)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
    }

    private static ReadOnlySpan<byte> WithoutReturn(ReadOnlySpan<byte> line) => line is [.., (byte)'\r'] ? line[..^1] : line;

    // Where to cut, so that no character of UTF-8 is cut in two; such characters have at most three more bytes.
    private static int CharacterBoundary(ReadOnlySpan<byte> line)
    {
        for (int length = MaxLength; length > MaxLength - 4; length--)
        {
            if ((line[length] & 0xC0) != 0x80)
            {
                return length;
            }
        }

        return MaxLength;
    }
}
