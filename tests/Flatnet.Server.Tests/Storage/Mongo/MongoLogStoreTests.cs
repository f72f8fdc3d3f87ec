#if FLATNET_TEST_MONGODB
using Flatnet.Server.Storage;
using MongoDB.Driver;

namespace Flatnet.Server.Tests.Storage.Mongo;

/// <summary>The contract on the MongoDB server that FLATNET_TEST_MONGODB names (mongodb://…), in databases of their own. Set it for the build too.</summary>
public sealed class MongoLogStoreTests : LogStoreContract
{
    private readonly string _connection = Environment.GetEnvironmentVariable("FLATNET_TEST_MONGODB")!;
    private readonly string _database = $"t{Guid.NewGuid():N}";

    protected override Task PrepareAsync() => Task.CompletedTask;

    private protected override ILogStore CreateStore() => MongoStores.Create(_connection, _database);

    protected override async Task CleanUpAsync()
    {
        using var client = new MongoClient(_connection);
        await client.DropDatabaseAsync(_database);
    }
}
#endif
