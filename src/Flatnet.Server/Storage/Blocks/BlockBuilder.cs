using System.Buffers.Binary;
using System.Text;
using Flatnet.Logs;
using K4os.Compression.LZ4;

namespace Flatnet.Server.Storage.Blocks;

/// <summary>Packs lines of a task, added in the order of their seqs, into a block (see <see cref="BlockFormat"/>). Can be used again after <see cref="Build"/>.</summary>
internal sealed class BlockBuilder
{
    private readonly ColumnWriter[] _columns = [.. Enumerable.Range(0, BlockFormat.Columns).Select(static _ => new ColumnWriter())];
    private readonly ColumnWriter _text = new();
    private readonly ColumnWriter _content = new();
    private readonly ColumnWriter _payload = new();
    private readonly Dictionary<string, int> _streams = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _metadata = new(StringComparer.Ordinal);
    private readonly StatisticsBuilder _statistics = new();
    private readonly long[] _lineNumbers = new long[StatisticsBuilder.SourceCount];
    private BlockLine _last;
    private long _firstSeq;

    public int Count { get; private set; }

    /// <summary>Bytes so far: all that grows with the lines, or nearly.</summary>
    public int Size { get; private set; }

    public void Add(LogEntry entry)
    {
        int start = _text.Length;
        int length = _text.Text(entry.Message);
        Add(
            new BlockLine
            {
                Seq = entry.Seq,
                Timestamp = entry.Timestamp,
                Source = entry.Source,
                Level = entry.Level,
                LineNumber = entry.LineNumber ?? 0,
                HasLineNumber = entry.LineNumber is not null,
                Sequence = entry.Sequence,
                Replaces = entry.Replaces,
                OriginalLength = entry.OriginalLength,
                IsPartial = entry.IsPartial,
                Offset = start,
                Length = length,
            },
            entry.StreamId,
            entry.Metadata);
    }

    /// <summary>Takes a line over from another block.</summary>
    public void Add(BlockContent content, int index)
    {
        ref readonly BlockLine line = ref content.Lines[index];
        _text.Bytes(content.MessageBytes(index));
        Add(line, content.StreamId(index), content.Metadata(index));
    }

    /// <summary>The block of the lines added; the builder is empty again.</summary>
    public Block Build(string taskId)
    {
        WriteContent();
        var header = new BlockHeader(taskId, _firstSeq, _last.Seq, _content.Length, _statistics.Build());
        byte[] payload = Pack();
        Clear();
        return new Block(header, payload);
    }

    private void Add(in BlockLine line, string? streamId, string? metadata)
    {
        bool hasExtras = line.Replaces != 0 || line.OriginalLength != 0;
        _columns[BlockFormat.Flags].Byte((byte)((int)line.Source
            | ((int)line.Level << BlockFormat.LevelShift)
            | (line.IsPartial ? BlockFormat.IsPartial : 0)
            | (line.HasLineNumber ? BlockFormat.HasLineNumber : 0)
            | (hasExtras ? BlockFormat.HasExtras : 0)));
        _columns[BlockFormat.Seqs].Signed(line.Seq - _last.Seq);
        _columns[BlockFormat.Timestamps].Signed(line.Timestamp - _last.Timestamp);
        if (line.HasLineNumber)
        {
            ref long last = ref _lineNumbers[(int)line.Source];
            _columns[BlockFormat.LineNumbers].Signed(line.LineNumber - last);
            last = line.LineNumber;
        }

        _columns[BlockFormat.Streams].Unsigned((ulong)Number(_streams, streamId));
        _columns[BlockFormat.Sequences].Signed(line.Sequence - _last.Sequence);
        _columns[BlockFormat.Metadata].Unsigned((ulong)Number(_metadata, metadata));
        if (hasExtras)
        {
            _columns[BlockFormat.Extras].Signed(line.Replaces);
            _columns[BlockFormat.Extras].Signed(line.OriginalLength);
        }

        _columns[BlockFormat.Lengths].Unsigned((ulong)line.Length);
        if (Count == 0)
        {
            _firstSeq = line.Seq;
        }

        _statistics.Add(line.Source, line.Level, line.Length, line.Timestamp);
        _last = line;
        Count++;
        Size += line.Length + BlockFormat.Columns;
    }

    /// <summary>1 + the place of a text among those that the block has once.</summary>
    private int Number(Dictionary<string, int> texts, string? text)
    {
        if (text is null)
        {
            return 0;
        }

        if (!texts.TryGetValue(text, out int number))
        {
            number = texts.Count + 1;
            texts.Add(text, number);
            Size += text.Length;
        }

        return number;
    }

    private void WriteContent()
    {
        _content.Unsigned((ulong)Count);
        WriteTexts(_streams);
        WriteTexts(_metadata);
        foreach (ColumnWriter column in _columns)
        {
            _content.Unsigned((ulong)column.Length);
        }

        foreach (ColumnWriter column in _columns)
        {
            _content.Bytes(column.Written);
        }

        _content.Bytes(_text.Written);
    }

    private void WriteTexts(Dictionary<string, int> texts)
    {
        _content.Unsigned((ulong)texts.Count);
        foreach ((string text, _) in texts.OrderBy(static pair => pair.Value))
        {
            _content.Unsigned((ulong)Encoding.UTF8.GetByteCount(text));
            _content.Text(text);
        }
    }

    private byte[] Pack()
    {
        _payload.UInt32(0);
        _payload.Byte(BlockFormat.Version);
        _payload.Byte(BlockFormat.Lz4);
        _payload.Unsigned((ulong)_content.Length);
        int packed = LZ4Codec.Encode(_content.Written, _payload.Room(LZ4Codec.MaximumOutputSize(_content.Length)));
        bool isSmaller = packed > 0 && packed < _content.Length;
        if (isSmaller)
        {
            _payload.Skip(packed);
        }
        else
        {
            _payload.Bytes(_content.Written);
        }

        byte[] payload = _payload.Written.ToArray();
        payload[sizeof(uint) + 1] = isSmaller ? BlockFormat.Lz4 : BlockFormat.Plain;
        BinaryPrimitives.WriteUInt32LittleEndian(payload, Crc32C.Compute(payload.AsSpan(sizeof(uint))));
        return payload;
    }

    private void Clear()
    {
        foreach (ColumnWriter column in _columns)
        {
            column.Clear();
        }

        _text.Clear();
        _content.Clear();
        _payload.Clear();
        _streams.Clear();
        _metadata.Clear();
        _statistics.Clear();
        _lineNumbers.AsSpan().Clear();
        _last = default;
        Count = 0;
        Size = 0;
    }
}
