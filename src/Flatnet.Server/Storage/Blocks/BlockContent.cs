using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Flatnet.Logs;
using K4os.Compression.LZ4;

namespace Flatnet.Server.Storage.Blocks;

/// <summary>A block that has been opened. Its lines are looked at where they lie; text is made only of those that are asked for.</summary>
internal sealed class BlockContent : IDisposable
{
    private readonly byte[] _content;
    private readonly int _length;
    private readonly int _columns;
    private readonly int _text;
    private readonly int[] _columnLengths = new int[BlockFormat.Columns];
    private readonly string[] _streams;
    private readonly string[] _metadata;
    private BlockLine[]? _lines;

    private BlockContent(byte[] content, int length)
    {
        _content = content;
        _length = length;
        var reader = new ColumnReader(content.AsSpan(0, length));
        Count = reader.Size(length);
        _streams = ReadTexts(ref reader);
        _metadata = ReadTexts(ref reader);
        int total = 0;
        for (int column = 0; column < BlockFormat.Columns; column++)
        {
            _columnLengths[column] = reader.Size(length);
            total += _columnLengths[column];
        }

        _columns = length - reader.Rest.Length;
        _ = reader.Bytes(total);
        _text = length - reader.Rest.Length;
        if (_columnLengths[BlockFormat.Flags] != Count)
        {
            throw new BlockFormatException("its columns are not of one length");
        }
    }

    public int Count { get; }

    /// <summary>The messages of all lines, in UTF-8, one right after the other.</summary>
    public ReadOnlySpan<byte> Text => _content.AsSpan(_text, _length - _text);

    /// <summary>Whether the lines are unpacked.</summary>
    public bool HasLines => _lines is not null;

    /// <summary>The lines in order of seq. Unpacked when first asked for.</summary>
    public ReadOnlySpan<BlockLine> Lines => (_lines ??= ReadLines()).AsSpan(0, Count);

    /// <exception cref="BlockFormatException">The payload is damaged, or of a format that is not known.</exception>
    public static BlockContent Open(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < BlockFormat.PrefixLength)
        {
            throw new BlockFormatException("it ends too early");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(payload) != Crc32C.Compute(payload[sizeof(uint)..]))
        {
            throw new BlockFormatException("its checksum is wrong");
        }

        var reader = new ColumnReader(payload[sizeof(uint)..]);
        byte version = reader.Byte();
        if (version != BlockFormat.Version)
        {
            throw new BlockFormatException($"its format is {version}, and this version knows {BlockFormat.Version}");
        }

        byte compression = reader.Byte();
        int length = reader.Size((int)Math.Min(Array.MaxLength, (long)payload.Length * BlockFormat.TightestPacking));
        byte[] content = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1));
        try
        {
            Unpack(reader.Rest, compression, content.AsSpan(0, length));
            return new BlockContent(content, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(content);
            throw;
        }
    }

    /// <summary>The places of the lines in a range of seqs: the first, and one past the last.</summary>
    public (int Start, int End) Find(BlockRange range)
    {
        int start = 0;
        int end = Count;
        while (start < end && Lines[start].Seq <= range.AfterSeq)
        {
            start++;
        }

        while (end > start && Lines[end - 1].Seq > range.UpToSeq)
        {
            end--;
        }

        return (start, end);
    }

    public ReadOnlySpan<byte> MessageBytes(int index)
    {
        ref readonly BlockLine line = ref Lines[index];
        return _content.AsSpan(_text + line.Offset, line.Length);
    }

    public string Message(int index) => Encoding.UTF8.GetString(MessageBytes(index));

    public string? StreamId(int index) => Lines[index].Stream is > 0 and var number ? _streams[number - 1] : null;

    public string? Metadata(int index) => Lines[index].Metadata is > 0 and var number ? _metadata[number - 1] : null;

    public LogEntry Entry(int index)
    {
        ref readonly BlockLine line = ref Lines[index];
        return new LogEntry
        {
            Seq = line.Seq,
            Timestamp = line.Timestamp,
            Source = line.Source,
            Level = line.Level,
            Message = Message(index),
            LineNumber = line.HasLineNumber ? line.LineNumber : null,
            Metadata = Metadata(index),
            StreamId = StreamId(index),
            Sequence = line.Sequence,
            IsPartial = line.IsPartial,
            Replaces = line.Replaces,
            OriginalLength = line.OriginalLength,
        };
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_content);
        if (_lines is not null)
        {
            ArrayPool<BlockLine>.Shared.Return(_lines);
        }
    }

    private static void Unpack(ReadOnlySpan<byte> packed, byte compression, Span<byte> content)
    {
        bool isWhole = compression switch
        {
            BlockFormat.Plain => packed.Length == content.Length && packed.TryCopyTo(content),
            BlockFormat.Lz4 => LZ4Codec.Decode(packed, content) == content.Length,
            _ => throw new BlockFormatException($"its compression is {compression}, and this version knows {BlockFormat.Plain} and {BlockFormat.Lz4}"),
        };
        if (!isWhole)
        {
            throw new BlockFormatException("it does not unpack to the length it names");
        }
    }

    private static string[] ReadTexts(ref ColumnReader reader)
    {
        var texts = new string[reader.Size(reader.Rest.Length)];
        for (int index = 0; index < texts.Length; index++)
        {
            texts[index] = reader.Text();
        }

        return texts;
    }

    private BlockLine[] ReadLines()
    {
        BlockLine[] lines = ArrayPool<BlockLine>.Shared.Rent(Math.Max(Count, 1));
        try
        {
            new BlockLineReader(_content.AsSpan(_columns, _text - _columns), _columnLengths, _streams.Length, _metadata.Length, _length - _text)
                .ReadAll(lines.AsSpan(0, Count));
            return lines;
        }
        catch
        {
            ArrayPool<BlockLine>.Shared.Return(lines);
            throw;
        }
    }
}
