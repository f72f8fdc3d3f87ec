using System.Collections.Immutable;
using Flatnet.Cli.Configuration;
using Flatnet.Cli.Hosting;
using Flatnet.Loki;

namespace Flatnet.Cli.Logs;

/// <summary>The Loki of the settings.</summary>
internal sealed class LokiLogs(LokiClient client) : ILokiLogs
{
    /// <exception cref="CommandException">The settings do not name a Loki.</exception>
    public static LokiLogs Of(Settings settings)
    {
        var options = new LokiOptions { Url = settings.LokiUrl, Tenant = settings.LokiTenant, Token = settings.LokiToken, Timeout = settings.LokiTimeout };
        try
        {
            return new LokiLogs(new LokiClient(options));
        }
        catch (ArgumentException exception)
        {
            // The address was judged when the settings were read.
            throw new CommandException(exception.Message, "Correct loki.tenant in the configuration, or FLATNET_LOKI_TENANT.", inner: exception);
        }
    }

    public IAsyncEnumerable<LokiEntry> ReadAsync(LokiQuery query, CancellationToken cancellation) => client.ReadAsync(query, cancellation);

    public Task<ImmutableArray<ImmutableDictionary<string, string>>> GetSeriesAsync(
        string selector, long since, long until, CancellationToken cancellation) => client.GetSeriesAsync(selector, since, until, cancellation);
}
