using System.Collections.Immutable;
using Flatnet.Logs;
using LogLevel = Flatnet.Logs.LogLevel;

namespace Flatnet.Server.Storage.Blocks;

/// <summary>Adds lines and blocks up.</summary>
internal sealed class StatisticsBuilder
{
    public const int SourceCount = 4;
    public const int LevelCount = 7;

    private readonly long[] _sources = new long[SourceCount];
    private readonly long[] _levels = new long[LevelCount];
    private long _count;
    private long _bytes;
    private long _earliest = long.MaxValue;
    private long _latest = long.MinValue;

    public bool IsEmpty => _count == 0;

    public void Add(LogSource source, LogLevel level, int bytes, long timestamp)
    {
        _count++;
        _bytes += bytes;
        _sources[(int)source]++;
        _levels[(int)level]++;
        _earliest = Math.Min(_earliest, timestamp);
        _latest = Math.Max(_latest, timestamp);
    }

    public void Add(TaskStatistics other)
    {
        Add(other, 1);
        _earliest = Math.Min(_earliest, other.Earliest ?? long.MaxValue);
        _latest = Math.Max(_latest, other.Latest ?? long.MinValue);
    }

    /// <summary>Takes away what was added once. The times stay: what is left has to be looked at for them.</summary>
    public void Subtract(TaskStatistics other) => Add(other, -1);

    /// <summary>Gives the times anew.</summary>
    public void SetTimes(long? earliest, long? latest)
    {
        _earliest = earliest ?? long.MaxValue;
        _latest = latest ?? long.MinValue;
    }

    public TaskStatistics Build() => new(
        _count, _bytes, [.. _sources], [.. _levels], _count > 0 ? _earliest : null, _count > 0 ? _latest : null);

    public void Clear()
    {
        _count = 0;
        _bytes = 0;
        _sources.AsSpan().Clear();
        _levels.AsSpan().Clear();
        SetTimes(null, null);
    }

    private void Add(TaskStatistics other, int sign)
    {
        _count += sign * other.Count;
        _bytes += sign * other.Bytes;
        Add(_sources, other.Sources, sign);
        Add(_levels, other.Levels, sign);
    }

    private static void Add(long[] sums, ImmutableArray<long> others, int sign)
    {
        for (int index = 0; index < sums.Length; index++)
        {
            sums[index] += sign * others[index];
        }
    }
}
