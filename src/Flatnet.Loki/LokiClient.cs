using System.Collections.Immutable;

namespace Flatnet.Loki;

/// <summary>A client of Loki's HTTP interface (version 3, <c>/loki/api/v1</c>).</summary>
public sealed class LokiClient : IDisposable
{
    /// <summary>A client that opens its connections when they are needed.</summary>
    public LokiClient(LokiOptions options) => Options = options;

    /// <summary>Where Loki is.</summary>
    public LokiOptions Options { get; }

    /// <summary>The lines of a query, oldest first, history and live lines joined without gap or duplicate.</summary>
    /// <exception cref="LokiException">See <see cref="LokiFailure"/>.</exception>
    public IAsyncEnumerable<LokiEntry> ReadAsync(LokiQuery query, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>The label sets of the streams that match a selector and have lines in the range (nanoseconds).</summary>
    /// <exception cref="LokiException">See <see cref="LokiFailure"/>.</exception>
    public Task<ImmutableArray<ImmutableDictionary<string, string>>> GetSeriesAsync(string selector, long since, long until, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>The values of a label.</summary>
    /// <exception cref="LokiException">See <see cref="LokiFailure"/>.</exception>
    public Task<ImmutableArray<string>> GetLabelValuesAsync(string label, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Whether Loki calls itself ready, in its own words (<c>GET /ready</c>).</summary>
    /// <exception cref="LokiException">It cannot be reached.</exception>
    public Task<(bool IsReady, string Text, DateTimeOffset? ServerTime)> GetReadinessAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
