using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Flatnet.Server.Ingest;

/// <summary>The write path's part in the composition.</summary>
internal static class IngestServices
{
    public static IServiceCollection AddIngest(this IServiceCollection services, IngestOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton<ILogWriter, LogWriter>();
    }
}
