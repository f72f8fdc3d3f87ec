namespace Flatnet.Agent.Spool;

/// <summary>Records on their way into a segment: payloads are written in place and framed, so a line is copied once.</summary>
internal sealed class RecordBuffer(string streamId, int capacity = RecordBuffer.DefaultCapacity)
{
    private const int DefaultCapacity = 64 * 1024;

    private readonly uint _seed = RecordFormat.Seed(streamId);
    private byte[] _bytes = new byte[capacity];
    private int _length;

    /// <summary>The records, framed.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public int Length => _length;

    /// <summary>How many lines they are.</summary>
    public int Lines { get; private set; }

    /// <summary>The sequence of the first line.</summary>
    public long FirstSequence { get; private set; }

    /// <summary>The sequence of the last record.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Room for a payload of up to so many bytes, which counts from <see cref="Add(RecordKind, long, int)"/> on.</summary>
    public Span<byte> Reserve(int size)
    {
        int needed = _length + RecordFormat.HeaderLength + size;
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
        }

        return _bytes.AsSpan(_length + RecordFormat.HeaderLength, size);
    }

    /// <summary>Takes the payload that was written into the reserved room.</summary>
    public void Add(RecordKind kind, long sequence, int length)
    {
        Span<byte> record = _bytes.AsSpan(_length, RecordFormat.HeaderLength + length);
        RecordFormat.Seal(record, _seed, kind, sequence);
        _length += record.Length;
        LastSequence = sequence;
        if (kind == RecordKind.Line && Lines++ == 0)
        {
            FirstSequence = sequence;
        }
    }

    /// <summary>Takes a payload.</summary>
    public void Add(RecordKind kind, long sequence, ReadOnlySpan<byte> payload)
    {
        payload.CopyTo(Reserve(payload.Length));
        Add(kind, sequence, payload.Length);
    }

    public void Clear()
    {
        _length = 0;
        Lines = 0;
    }
}
