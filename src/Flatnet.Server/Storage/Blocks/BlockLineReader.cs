using Flatnet.Logs;
using LogLevel = Flatnet.Logs.LogLevel;

namespace Flatnet.Server.Storage.Blocks;

/// <summary>Walks a block's columns side by side.</summary>
internal ref struct BlockLineReader
{
    private readonly int _streamCount;
    private readonly int _metadataCount;
    private readonly int _textLength;
    private ColumnReader _flags;
    private ColumnReader _seqs;
    private ColumnReader _timestamps;
    private ColumnReader _lineNumbers;
    private ColumnReader _streams;
    private ColumnReader _sequences;
    private ColumnReader _metadata;
    private ColumnReader _extras;
    private ColumnReader _lengths;

    public BlockLineReader(ReadOnlySpan<byte> columns, ReadOnlySpan<int> columnLengths, int streamCount, int metadataCount, int textLength)
    {
        _streamCount = streamCount;
        _metadataCount = metadataCount;
        _textLength = textLength;
        var rest = new ColumnReader(columns);
        _flags = new(rest.Bytes(columnLengths[BlockFormat.Flags]));
        _seqs = new(rest.Bytes(columnLengths[BlockFormat.Seqs]));
        _timestamps = new(rest.Bytes(columnLengths[BlockFormat.Timestamps]));
        _lineNumbers = new(rest.Bytes(columnLengths[BlockFormat.LineNumbers]));
        _streams = new(rest.Bytes(columnLengths[BlockFormat.Streams]));
        _sequences = new(rest.Bytes(columnLengths[BlockFormat.Sequences]));
        _metadata = new(rest.Bytes(columnLengths[BlockFormat.Metadata]));
        _extras = new(rest.Bytes(columnLengths[BlockFormat.Extras]));
        _lengths = new(rest.Bytes(columnLengths[BlockFormat.Lengths]));
    }

    public void ReadAll(Span<BlockLine> lines)
    {
        BlockLine last = default;
        Span<long> lineNumbers = stackalloc long[StatisticsBuilder.SourceCount];
        foreach (ref BlockLine line in lines)
        {
            line = default;
            byte flags = _flags.Byte();
            line.Source = (LogSource)(flags & BlockFormat.SourceMask);
            line.Level = (LogLevel)((flags >> BlockFormat.LevelShift) & BlockFormat.LevelMask);
            line.IsPartial = (flags & BlockFormat.IsPartial) != 0;
            line.HasLineNumber = (flags & BlockFormat.HasLineNumber) != 0;
            line.Seq = last.Seq + _seqs.Signed();
            line.Timestamp = last.Timestamp + _timestamps.Signed();
            if (line.HasLineNumber)
            {
                line.LineNumber = lineNumbers[(int)line.Source] += _lineNumbers.Signed();
            }

            line.Stream = _streams.Size(_streamCount);
            line.Sequence = last.Sequence + _sequences.Signed();
            line.Metadata = _metadata.Size(_metadataCount);
            if ((flags & BlockFormat.HasExtras) != 0)
            {
                line.Replaces = _extras.Signed();
                line.OriginalLength = (int)_extras.Signed();
            }

            line.Offset = last.Offset + last.Length;
            line.Length = _lengths.Size(_textLength - line.Offset);
            last = line;
        }
    }
}
