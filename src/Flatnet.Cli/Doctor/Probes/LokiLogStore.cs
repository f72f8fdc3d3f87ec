using Flatnet.Cli.Configuration;
using Flatnet.Loki;

namespace Flatnet.Cli.Doctor.Probes;

/// <summary>Asks Loki.</summary>
internal sealed class LokiLogStore(Settings settings) : ILogStore, IDisposable
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    // The check's own limit is shorter.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly LokiClient _client = new(new LokiOptions
    {
        Url = settings.LokiUrl,
        Tenant = settings.LokiTenant,
        Token = settings.LokiToken,
        Timeout = Timeout,
    });

    /// <inheritdoc/>
    public async Task<bool> HasLineAsync(string selector, DateTimeOffset since, CancellationToken cancellation)
    {
        var query = new LokiQuery { Query = selector, Since = since.ToUnixTimeMilliseconds() * NanosecondsPerMillisecond, Tail = 1 };
        await foreach (LokiEntry entry in _client.ReadAsync(query, cancellation))
        {
            return true;
        }

        return false;
    }

    public void Dispose() => _client.Dispose();
}
