using Flatnet.Server.Storage.Blocks;
using Flatnet.Server.Storage.Postgres;
using Flatnet.Server.Storage.Sqlite;

namespace Flatnet.Server.Storage;

/// <summary>Makes the store that the options ask for.</summary>
internal static class LogStores
{
    /// <summary>A store that is not open yet.</summary>
    public static ILogStore Create(StorageOptions options, ILoggerFactory loggers) => new BlockStore(
        options.Provider == StoreProvider.Postgres
            ? new PostgresDatabase(PostgresOptions.From(options))
            : new SqliteBlockDatabase(options.Path, options.Durability),
        loggers.CreateLogger<BlockStore>());

    /// <summary>Adds the store to the services. Whoever hosts the server opens it.</summary>
    public static IServiceCollection AddLogStore(this IServiceCollection services, StorageOptions options) =>
        services.AddSingleton(provider => Create(options, provider.GetRequiredService<ILoggerFactory>()));
}
