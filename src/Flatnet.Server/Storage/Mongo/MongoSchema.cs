using MongoDB.Bson;
using MongoDB.Driver;

namespace Flatnet.Server.Storage.Mongo;

/// <summary>The collections, their indexes, and the number of the format.</summary>
internal static class MongoSchema
{
    private const int Format = 1;

    /// <summary>Bytes of what servers tell each other: minutes of it under load.</summary>
    private const long EventBytes = 16 << 20;

    /// <summary>Makes what is missing. Servers that start together may do so together.</summary>
    /// <exception cref="StoreException">A newer program wrote it.</exception>
    public static Task<bool> CreateAsync(MongoConnection connection, CancellationToken cancellation) => connection.RetryAsync(
        "create the collections",
        async () =>
        {
            await CheckFormatAsync(connection, cancellation).ConfigureAwait(false);
            await CreateEventsAsync(connection, cancellation).ConfigureAwait(false);
            IndexKeysDefinitionBuilder<BsonDocument> keys = Builders<BsonDocument>.IndexKeys;
            await connection.Tasks.Indexes.CreateManyAsync(
                [
                    new CreateIndexModel<BsonDocument>(keys.Descending("now.updatedAt")),
                    new CreateIndexModel<BsonDocument>(keys.Ascending("commit"), new CreateIndexOptions { Sparse = true }),
                ],
                cancellation).ConfigureAwait(false);
            return true;
        },
        cancellation);

    private static async Task CheckFormatAsync(MongoConnection connection, CancellationToken cancellation)
    {
        IMongoCollection<BsonDocument> formats = connection.Database.GetCollection<BsonDocument>("format");
        try
        {
            await formats.InsertOneAsync(new BsonDocument { ["_id"] = "format", ["version"] = Format }, options: null, cancellation).ConfigureAwait(false);
        }
        catch (MongoException exception) when (MongoErrors.IsDuplicate(exception))
        {
        }

        BsonDocument? format = await formats.Find(Builders<BsonDocument>.Filter.Eq("_id", "format")).FirstOrDefaultAsync(cancellation).ConfigureAwait(false);
        if (format?["version"].ToInt32() is { } version and > Format)
        {
            throw new StoreException(
                $"The database {connection.Server} has format {version}, and this flatnetd knows formats up to {Format}: run a newer flatnetd.");
        }
    }

    private static async Task CreateEventsAsync(MongoConnection connection, CancellationToken cancellation)
    {
        try
        {
            await connection.Database.CreateCollectionAsync(
                connection.Events.CollectionNamespace.CollectionName, new CreateCollectionOptions { Capped = true, MaxSize = EventBytes }, cancellation)
                .ConfigureAwait(false);
        }
        catch (MongoCommandException exception) when (exception.Code == MongoErrors.NamespaceExists)
        {
        }
    }
}
