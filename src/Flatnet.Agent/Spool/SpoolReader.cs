using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Flatnet.Agent.Spool;

/// <summary>
/// Reads a stream's records in order. Damage never ends it: it goes on at the next byte where a whole record of this stream
/// with a later sequence begins, and counts what is missing in between.
/// </summary>
internal sealed class SpoolReader(SegmentList segments, string streamId) : IDisposable
{
    private readonly uint _seed = RecordFormat.Seed(streamId);
    private SafeFileHandle? _file;
    private long _sequence;
    private bool _isDamaged;

    /// <summary>Where the reader stands; null before the first read.</summary>
    public Segment? Segment { get; private set; }

    /// <summary>How far in its segment.</summary>
    public long Offset { get; private set; }

    /// <summary>How many places in the files held no valid record. Torn last records, which a crash leaves, are among them.</summary>
    public long Damages { get; private set; }

    /// <summary>The record of the task's end, when the reader has passed it.</summary>
    public ReadOnlyMemory<byte> Outcome { get; private set; }

    /// <summary>Goes to the first line after a sequence.</summary>
    public void Seek(long afterSequence)
    {
        if (Segment is null || afterSequence != _sequence)
        {
            _sequence = afterSequence;
            Stand(segments.Open(afterSequence + 1));
        }
    }

    /// <summary>The next lines; null when there is none left for now.</summary>
    public SpoolBatch? Read(int maxLines, int maxBytes)
    {
        while (Segment is not null)
        {
            if (ReadHere(maxLines, maxBytes) is { } batch)
            {
                return batch;
            }

            if (Offset < segments.LengthOf(Segment))
            {
                continue;
            }

            if (segments.OpenNext(Segment) is not { } next)
            {
                return null;
            }

            // Between the two looks the segment may have got its last lines.
            if (Offset < segments.LengthOf(Segment))
            {
                next.File.Dispose();
                continue;
            }

            Stand(next);
        }

        return null;
    }

    public void Dispose() => _file?.Dispose();

    private void Stand((Segment Segment, SafeFileHandle File)? place)
    {
        _file?.Dispose();
        _file = place?.File;
        Segment = place?.Segment;
        Offset = 0;
    }

    // One piece of the file: its whole records become the batch, and what is cut off at its end is read again with the next.
    private SpoolBatch? ReadHere(int maxLines, int maxBytes)
    {
        long left = segments.LengthOf(Segment!) - Offset;
        byte[] bytes = Load((int)Math.Min(left, maxBytes), ref left, out int length);
        var lines = new List<ReadOnlyMemory<byte>>();
        long first = 0;
        int position = 0;
        while (position < length && lines.Count < maxLines)
        {
            ReadOnlySpan<byte> rest = bytes.AsSpan(position, length - position);
            int record = RecordFormat.Read(rest, _seed, out RecordKind kind, out long sequence);
            if (record > rest.Length && record <= left - position)
            {
                if (position > 0)
                {
                    break;
                }

                // Longer than a batch should be; it is one alone.
                ArrayPool<byte>.Shared.Return(bytes);
                bytes = Load(record, ref left, out length);
                continue;
            }

            if (record == 0 || record > rest.Length)
            {
                Damages += _isDamaged ? 0 : 1;
                _isDamaged = true;
                position += NextRecord(rest, left - position);
                continue;
            }

            _isDamaged = false;
            if (kind == RecordKind.Outcome)
            {
                Outcome = rest[RecordFormat.HeaderLength..record].ToArray();
            }
            else if (sequence > _sequence)
            {
                lines.Add(bytes.AsMemory(position + RecordFormat.HeaderLength, record - RecordFormat.HeaderLength));
                first = first == 0 ? sequence : first;
                _sequence = sequence;
            }

            position += record;
        }

        Offset += position;
        if (lines.Count > 0)
        {
            return new SpoolBatch(bytes, lines, first, _sequence);
        }

        ArrayPool<byte>.Shared.Return(bytes);
        return null;
    }

    private byte[] Load(int size, ref long left, out int length)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(size);
        length = RandomAccess.Read(_file!, bytes.AsSpan(0, size), Offset);
        if (length < size)
        {
            // Shorter than it was: somebody else cut it.
            Segment!.Length = Offset + length;
            left = length;
        }

        return bytes;
    }

    // How many bytes to pass over until something that may be a record begins; it is looked at closely then. A header that
    // is cut off by the end of the bytes is left for the next look.
    private int NextRecord(ReadOnlySpan<byte> bytes, long left)
    {
        int end = left > bytes.Length ? bytes.Length - RecordFormat.HeaderLength + 1 : bytes.Length;
        for (int skipped = 1; skipped < end; skipped++)
        {
            int record = RecordFormat.Read(bytes[skipped..], _seed, out _, out long sequence);
            if (record > 0 && record <= left - skipped && (sequence > _sequence || record <= bytes.Length - skipped))
            {
                return skipped;
            }
        }

        return Math.Max(1, end);
    }
}
