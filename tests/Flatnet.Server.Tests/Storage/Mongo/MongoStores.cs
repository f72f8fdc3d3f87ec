using Flatnet.Server.Storage;
using Flatnet.Server.Storage.Blocks;
using Flatnet.Server.Storage.Mongo;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flatnet.Server.Tests.Storage.Mongo;

/// <summary>Stores for tests.</summary>
internal static class MongoStores
{
    public static ILogStore CreateStore(this MongoStandIn server, TimeSpan? patience = null) => Create(server.ConnectionString, "flatnet", patience);

    /// <summary>A store as a log server has it.</summary>
    public static ILogStore Create(string connection, string database, TimeSpan? patience = null) => new BlockStore(
        new MongoDatabase(new MongoOptions { ConnectionString = connection, Database = database, Patience = patience ?? TimeSpan.FromMinutes(1) }),
        NullLogger<BlockStore>.Instance);
}
