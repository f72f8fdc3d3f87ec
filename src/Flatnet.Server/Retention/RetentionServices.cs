namespace Flatnet.Server.Retention;

/// <summary>Puts retention into the server.</summary>
internal static class RetentionServices
{
    /// <summary>
    /// Adds the services that delete old tasks and watch the disk, and the <see cref="StorageGate"/> that writers ask. Needs a store, a
    /// writer and a time provider.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">How long, and how full.</param>
    /// <param name="dataDirectory">The store's directory, whose disk is watched; null for a store on another machine.</param>
    public static IServiceCollection AddRetention(this IServiceCollection services, RetentionOptions options, string? dataDirectory)
    {
        services.AddSingleton(options);
        services.AddSingleton<StorageGate>();
        services.AddSingleton<TaskRemover>();
        services.AddHostedService<RetentionService>();
        if (dataDirectory is not null && options.DiskWatermark < 100)
        {
            services.AddSingleton<IDiskGauge>(new DiskGauge(dataDirectory));
            services.AddHostedService<DiskGuard>();
        }

        return services;
    }
}
