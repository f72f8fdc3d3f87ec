using System.Collections.Immutable;

namespace Flatnet.Cli.Logs;

/// <summary>Several sources' lines in the order of time. The lines of one source never change their order.</summary>
internal static class LineMerge
{
    public static IAsyncEnumerable<LogLine> Merge(
        ImmutableArray<IAsyncEnumerable<LogLine>> sources, bool isLive, TimeProvider time, CancellationToken cancellation) =>
        sources.Length == 1 ? sources[0]
        : isLive ? new LiveMerge(sources, time).ReadAsync(cancellation)
        : HistoryMerge.ReadAsync(sources, cancellation);
}
