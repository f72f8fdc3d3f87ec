using Flatnet.Server.Storage.Blocks;
using Flatnet.Server.Storage.Mongo;
using Flatnet.Server.Storage.Postgres;
using Flatnet.Server.Storage.Sqlite;

namespace Flatnet.Server.Storage;

/// <summary>Makes the store that the options ask for.</summary>
internal static class LogStores
{
    /// <summary>A store that is not open yet.</summary>
    public static ILogStore Create(StorageOptions options, ILoggerFactory loggers) => new BlockStore(
        options.Provider switch
        {
            StoreProvider.Postgres => new PostgresDatabase(PostgresOptions.From(options)),
            StoreProvider.MongoDb => new MongoDatabase(MongoOptions.From(options)),
            _ => new SqliteBlockDatabase(options.Path, options.Durability),
        },
        loggers.CreateLogger<BlockStore>());

    /// <summary>Adds the store to the services. Whoever hosts the server opens it.</summary>
    public static IServiceCollection AddLogStore(this IServiceCollection services, StorageOptions options) =>
        services.AddSingleton(provider => Create(options, provider.GetRequiredService<ILoggerFactory>()));
}
