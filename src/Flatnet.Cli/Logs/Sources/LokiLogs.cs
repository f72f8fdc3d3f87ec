using System.Collections.Immutable;
using Flatnet.Cli.Configuration;
using Flatnet.Loki;

namespace Flatnet.Cli.Logs;

/// <summary>The Loki of the settings.</summary>
internal sealed class LokiLogs(LokiClient client) : ILokiLogs
{
    public static LokiLogs Of(Settings settings) => new(new LokiClient(new LokiOptions
    {
        Url = settings.LokiUrl,
        Tenant = settings.LokiTenant,
        Token = settings.LokiToken,
        Timeout = settings.LokiTimeout,
    }));

    public IAsyncEnumerable<LokiEntry> ReadAsync(LokiQuery query, CancellationToken cancellation) => client.ReadAsync(query, cancellation);

    public Task<ImmutableArray<ImmutableDictionary<string, string>>> GetSeriesAsync(
        string selector, long since, long until, CancellationToken cancellation) => client.GetSeriesAsync(selector, since, until, cancellation);
}
