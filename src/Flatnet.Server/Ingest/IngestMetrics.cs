using System.Diagnostics.Metrics;
using Flatnet.Logs;
using Flatnet.Server.Telemetry;
using LogLevel = Flatnet.Logs.LogLevel;

namespace Flatnet.Server.Ingest;

/// <summary>What the write path counts. Summed up per commit: a counter's call for each line would cost more than the line.</summary>
internal static class IngestMetrics
{
    /// <summary>Seconds. The bounds by default are meant for milliseconds.</summary>
    private static readonly InstrumentAdvice<double> CommitTimes = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    };

    public static readonly Counter<long> Duplicates =
        ServerMeter.Instance.CreateCounter<long>("flatnet.ingest.duplicates", "{line}", "Lines that were there already");

    public static readonly Counter<long> Failures =
        ServerMeter.Instance.CreateCounter<long>("flatnet.ingest.failures", "{write}", "Writes that the store refused");

    public static readonly Histogram<double> CommitDuration =
        ServerMeter.Instance.CreateHistogram("flatnet.ingest.commit.duration", "s", "Time that one commit took", advice: CommitTimes);

    public static readonly UpDownCounter<long> QueueBytes =
        ServerMeter.Instance.CreateUpDownCounter<long>("flatnet.ingest.queue.size", "By", "Bytes that wait for a commit");

    private static readonly Counter<long> Lines =
        ServerMeter.Instance.CreateCounter<long>("flatnet.ingest.lines", "{line}", "Lines stored");

    private static readonly Counter<long> Bytes =
        ServerMeter.Instance.CreateCounter<long>("flatnet.ingest.bytes", "By", "Bytes of the messages stored");

    private static readonly LogSource[] Sources = Enum.GetValues<LogSource>();
    private static readonly LogLevel[] Levels = Enum.GetValues<LogLevel>();

    /// <summary>Counts lines that were stored.</summary>
    public static void Count(IReadOnlyList<LogEntry> stored)
    {
        if (!Lines.Enabled && !Bytes.Enabled)
        {
            return;
        }

        Span<long> counts = stackalloc long[(Sources.Length + 1) * (Levels.Length + 1)];
        counts.Clear();
        long bytes = 0;
        foreach (LogEntry entry in stored)
        {
            counts[((int)entry.Source * (Levels.Length + 1)) + (int)entry.Level]++;
            bytes += EntrySize.OfMessage(entry);
        }

        Bytes.Add(bytes);
        foreach (LogSource source in Sources)
        {
            foreach (LogLevel level in Levels)
            {
                long count = counts[((int)source * (Levels.Length + 1)) + (int)level];
                if (count > 0)
                {
                    Lines.Add(count, new("source", source.Name()), new("level", level.Name()));
                }
            }
        }
    }
}
