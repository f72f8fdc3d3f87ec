using Flatnet.Loki;

namespace Flatnet.Server.Loki;

/// <summary>Puts the sink into the server.</summary>
internal static class LokiServices
{
    /// <summary>Adds the service that sends lines to Loki. Of several servers that share a store, one should do so.</summary>
    /// <param name="services">Where to; a store and a time provider are needed.</param>
    /// <param name="options">Which Loki; null for none.</param>
    /// <param name="dataDirectory">Where the cursors are kept; it must be there.</param>
    public static IServiceCollection AddLokiSink(this IServiceCollection services, LokiSinkOptions? options, string dataDirectory) => options is null
        ? services
        : services
            .AddSingleton(_ => new LokiClient(options.Loki))
            .AddSingleton(_ => new LokiCursors(Path.Combine(dataDirectory, "loki.db")))
            .AddHostedService(provider => ActivatorUtilities.CreateInstance<LokiSink>(provider, options));
}
