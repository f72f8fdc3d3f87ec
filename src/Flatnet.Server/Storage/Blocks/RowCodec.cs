using System.Collections.Immutable;

namespace Flatnet.Server.Storage.Blocks;

/// <summary>Small lists that stand in one column of a row, as numbers of variable length.</summary>
internal static class RowCodec
{
    /// <summary>The counts of all sources, then of all levels.</summary>
    public static byte[] WriteCounts(TaskStatistics statistics)
    {
        var writer = new ColumnWriter();
        foreach (long count in statistics.Sources.AddRange(statistics.Levels))
        {
            writer.Unsigned((ulong)count);
        }

        return writer.Written.ToArray();
    }

    public static (ImmutableArray<long> Sources, ImmutableArray<long> Levels) ReadCounts(byte[] bytes)
    {
        var reader = new ColumnReader(bytes);
        return ReadCounts(ref reader);
    }

    public static (ImmutableArray<long> Sources, ImmutableArray<long> Levels) ReadCounts(ref ColumnReader reader) =>
        (Read(ref reader, StatisticsBuilder.SourceCount), Read(ref reader, StatisticsBuilder.LevelCount));

    public static byte[] WriteHoles(ImmutableArray<(long First, long Last)> holes)
    {
        var writer = new ColumnWriter();
        foreach ((long first, long last) in holes)
        {
            writer.Unsigned((ulong)first);
            writer.Unsigned((ulong)last);
        }

        return writer.Written.ToArray();
    }

    public static ImmutableArray<(long First, long Last)> ReadHoles(byte[] bytes)
    {
        var reader = new ColumnReader(bytes);
        var holes = ImmutableArray.CreateBuilder<(long, long)>();
        while (!reader.Rest.IsEmpty)
        {
            holes.Add(((long)reader.Unsigned(), (long)reader.Unsigned()));
        }

        return holes.ToImmutable();
    }

    private static ImmutableArray<long> Read(ref ColumnReader reader, int count)
    {
        var counts = new long[count];
        foreach (ref long value in counts.AsSpan())
        {
            value = (long)reader.Unsigned();
        }

        return ImmutableArray.Create(counts);
    }
}
