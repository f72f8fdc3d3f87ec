using System.Collections.Immutable;
using Flatnet.Server.Storage.Blocks;

namespace Flatnet.Server.Storage.Mongo;

/// <summary>Lists that stand in one field or part, as numbers of variable length. A header takes some 60 bytes.</summary>
internal static class TreeCodec
{
    public static byte[] WriteHeaders(IEnumerable<BlockHeader> headers)
    {
        var writer = new ColumnWriter();
        long last = 0;
        foreach (BlockHeader header in headers)
        {
            TaskStatistics sum = header.Statistics;
            writer.Signed(header.Number);
            writer.Signed(header.FirstSeq - last);
            writer.Signed(header.LastSeq - header.FirstSeq);
            writer.Unsigned((ulong)header.Size);
            writer.Unsigned((ulong)sum.Count);
            writer.Unsigned((ulong)sum.Bytes);
            writer.Bytes(RowCodec.WriteCounts(sum));
            writer.Signed(sum.Earliest!.Value);
            writer.Signed(sum.Latest!.Value - sum.Earliest.Value);
            last = header.LastSeq;
        }

        return writer.Written.ToArray();
    }

    public static ImmutableArray<BlockHeader> ReadHeaders(string taskId, ReadOnlySpan<byte> bytes)
    {
        var reader = new ColumnReader(bytes);
        var headers = ImmutableArray.CreateBuilder<BlockHeader>();
        long last = 0;
        while (!reader.Rest.IsEmpty)
        {
            long number = reader.Signed();
            long first = last + reader.Signed();
            last = first + reader.Signed();
            int size = reader.Size(int.MaxValue);
            long count = (long)reader.Unsigned();
            long length = (long)reader.Unsigned();
            (ImmutableArray<long> sources, ImmutableArray<long> levels) = RowCodec.ReadCounts(ref reader);
            long earliest = reader.Signed();
            var sum = new TaskStatistics(count, length, sources, levels, earliest, earliest + reader.Signed());
            headers.Add(new BlockHeader(taskId, first, last, size, sum) { Number = number });
        }

        return headers.ToImmutable();
    }

    public static byte[] WriteStreams(IEnumerable<StreamState> streams)
    {
        var writer = new ColumnWriter();
        foreach (StreamState stream in streams)
        {
            WriteBytes(System.Text.Encoding.UTF8.GetBytes(stream.StreamId));
            writer.Signed(stream.LastSequence);
            WriteBytes(RowCodec.WriteHoles(stream.Holes));
        }

        return writer.Written.ToArray();

        void WriteBytes(byte[] bytes)
        {
            writer.Unsigned((ulong)bytes.Length);
            writer.Bytes(bytes);
        }
    }

    public static ImmutableArray<StreamState> ReadStreams(string taskId, ReadOnlySpan<byte> bytes)
    {
        var reader = new ColumnReader(bytes);
        var streams = ImmutableArray.CreateBuilder<StreamState>();
        while (!reader.Rest.IsEmpty)
        {
            string id = reader.Text();
            long last = reader.Signed();
            streams.Add(new StreamState(taskId, id, last, RowCodec.ReadHoles(reader.Bytes(reader.Size(reader.Rest.Length)).ToArray())));
        }

        return streams.ToImmutable();
    }

    public static byte[] WritePages(ImmutableArray<TreePage> pages)
    {
        var writer = new ColumnWriter();
        foreach (TreePage page in pages)
        {
            writer.Signed(page.Part);
            writer.Signed(page.FirstSeq);
            writer.Signed(page.LastSeq - page.FirstSeq);
            writer.Unsigned((ulong)page.Count);
        }

        return writer.Written.ToArray();
    }

    public static ImmutableArray<TreePage> ReadPages(ReadOnlySpan<byte> bytes)
    {
        var reader = new ColumnReader(bytes);
        var pages = ImmutableArray.CreateBuilder<TreePage>();
        while (!reader.Rest.IsEmpty)
        {
            long part = reader.Signed();
            long first = reader.Signed();
            pages.Add(new TreePage(part, first, first + reader.Signed(), reader.Size(int.MaxValue)));
        }

        return pages.ToImmutable();
    }
}
