namespace Flatnet.Server.Ingest;

/// <summary>The write path's part in the composition. Needs a store, the live hub, the retention's gate and a time provider.</summary>
internal static class IngestServices
{
    public static IServiceCollection AddIngest(this IServiceCollection services, IngestOptions options) => services
        .AddSingleton(options)
        .AddSingleton<ILogWriter, LogWriter>();
}
