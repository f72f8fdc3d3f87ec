using MongoDB.Bson;
using MongoDB.Driver;

namespace Flatnet.Server.Storage.Mongo;

/// <summary>
/// Hears of commits that other servers made, from a collection of a fixed size in which new documents take the place of the oldest:
/// a cursor there waits for what comes next, also on a server without replicas. What is read begins at a document of this
/// server's own, written before the first reader is served. When reading breaks, such a document is written first and the break
/// told then, so that whoever looks into the store after that misses nothing.
/// </summary>
internal sealed class MongoListener(MongoConnection connection)
{
    private static readonly TimeSpan AnswerAtLeastEvery = TimeSpan.FromSeconds(1);

    private readonly string _origin = Guid.NewGuid().ToString("N");
    private ObjectId _heard;

    /// <summary>Begins to listen.</summary>
    public Task OpenAsync(CancellationToken cancellation) => connection.RetryAsync(
        "listen for other servers",
        async () =>
        {
            var mark = new BsonDocument { ["_id"] = ObjectId.GenerateNewId(), ["origin"] = _origin };
            await connection.Events.InsertOneAsync(mark, options: null, cancellation).ConfigureAwait(false);
            _heard = mark["_id"].AsObjectId;
            return true;
        },
        cancellation);

    /// <summary>Tells others of a commit.</summary>
    public async Task TellAsync(IReadOnlyCollection<Commit> commits)
    {
        if (commits.Count > 0)
        {
            await connection.Events.WithWriteConcern(WriteConcern.W1)
                .InsertManyAsync(commits.Select(commit => TreeDocuments.Commit(commit).Set("_id", ObjectId.GenerateNewId()).Set("origin", _origin)))
                .ConfigureAwait(false);
        }
    }

    /// <summary>Tells of commits until it is cancelled.</summary>
    /// <exception cref="StoreException">Reading broke; commits until now may have been missed.</exception>
    public async Task RunAsync(Func<Commit, Task> onCommit, CancellationToken cancellation)
    {
        Exception? reason = null;
        try
        {
            await ReadAsync(onCommit, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (MongoErrors.IsFailure(exception))
        {
            reason = exception;
        }

        await OpenAsync(cancellation).ConfigureAwait(false);
        throw reason is null
            ? new StoreException($"Cannot hear of all commits in MongoDB on {connection.Server}: there were more than its collection events holds.")
            : MongoErrors.ToStoreException("listen for other servers", connection.Server, reason);
    }

    /// <summary>Returns once the place where it was is lost.</summary>
    private async Task ReadAsync(Func<Commit, Task> onCommit, CancellationToken cancellation)
    {
        var options = new FindOptions<BsonDocument> { CursorType = CursorType.TailableAwait, MaxAwaitTime = AnswerAtLeastEvery };
        using IAsyncCursor<BsonDocument> cursor = await connection.Events.FindAsync(Builders<BsonDocument>.Filter.Empty, options, cancellation).ConfigureAwait(false);
        bool isBehind = true;
        while (await cursor.MoveNextAsync(cancellation).ConfigureAwait(false))
        {
            bool isEnd = true;
            foreach (BsonDocument document in cursor.Current)
            {
                isEnd = false;
                ObjectId id = document["_id"].AsObjectId;
                if (isBehind)
                {
                    isBehind = id != _heard;
                    continue;
                }

                _heard = id;
                if (document["origin"].AsString != _origin)
                {
                    await TellOfAsync(document, onCommit).ConfigureAwait(false);
                }
            }

            if (isEnd && isBehind)
            {
                return;
            }
        }
    }

    /// <summary>A document that says no more than its origin is where another server began to listen.</summary>
    private static Task TellOfAsync(BsonDocument document, Func<Commit, Task> onCommit) =>
        document.Contains("task") ? onCommit(TreeDocuments.Commit(document)) : Task.CompletedTask;
}
