using System.Collections.Immutable;
using Flatnet.Loki;

namespace Flatnet.Cli.Logs;

/// <summary>What is asked of Loki; tests answer it themselves.</summary>
internal interface ILokiLogs
{
    public IAsyncEnumerable<LokiEntry> ReadAsync(LokiQuery query, CancellationToken cancellation);

    public Task<ImmutableArray<ImmutableDictionary<string, string>>> GetSeriesAsync(
        string selector, long since, long until, CancellationToken cancellation);
}
