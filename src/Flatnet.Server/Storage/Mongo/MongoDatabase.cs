using Flatnet.Server.Storage.Blocks;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Flatnet.Server.Storage.Mongo;

/// <summary>Tasks, streams and blocks in MongoDB. Several servers may use the same database.</summary>
internal sealed class MongoDatabase : IBlockDatabase
{
    private const long TidyMilliseconds = 3_600_000;

    private readonly MongoConnection _connection;
    private readonly TreeReader _reader;
    private readonly MongoListener _listener;
    private readonly MongoCommits _commits;
    private readonly TaskLocks _locks = new();
    private long _tidyDue;

    public MongoDatabase(MongoOptions options)
    {
        _connection = new MongoConnection(options);
        _reader = new TreeReader(_connection);
        _listener = new MongoListener(_connection);
        _commits = new MongoCommits(_connection, _reader, _listener);
    }

    public async Task OpenAsync(CancellationToken cancellation)
    {
        await MongoSchema.CreateAsync(_connection, cancellation).ConfigureAwait(false);
        await _listener.OpenAsync(cancellation).ConfigureAwait(false);
        await RecoverAsync(cancellation).ConfigureAwait(false);
    }

    public Task<IBlockTransaction> BeginAsync(CancellationToken cancellation) =>
        Task.FromResult<IBlockTransaction>(new MongoTransaction(_connection, _reader, _commits, _locks));

    public Task<TaskRecord?> FindTaskAsync(string taskId, CancellationToken cancellation) =>
        _reader.ReadAsync(taskId, tree => _reader.ReadRecordAsync(tree, cancellation), cancellation);

    public async Task<IReadOnlyList<TaskRecord>> ListTasksAsync(long before, int limit, CancellationToken cancellation) => await _connection.RetryAsync(
        "read",
        async () => (await _connection.Tasks.Find(Builders<BsonDocument>.Filter.Lt("now.updatedAt", before))
            .Sort(Builders<BsonDocument>.Sort.Descending("now.updatedAt"))
            .Limit(limit)
            .Project(Builders<BsonDocument>.Projection.Exclude("now.streams").Exclude("now.tail").Exclude("now.pages").Exclude("next"))
            .ToListAsync(cancellation).ConfigureAwait(false))
            .ConvertAll(static document => TreeDocuments.State(document["_id"].AsString, document["now"].AsBsonDocument).Record),
        cancellation).ConfigureAwait(false);

    public async Task<IReadOnlyList<StreamState>> ReadStreamsAsync(string taskId, IReadOnlyList<string> streamIds, CancellationToken cancellation) =>
        await _reader.ReadAsync(taskId, tree => _reader.ReadStreamsAsync(tree, streamIds, cancellation), cancellation).ConfigureAwait(false) ?? [];

    public async Task<IReadOnlyList<BlockHeader>> ReadHeadersAsync(BlockRange range, int limit, CancellationToken cancellation) =>
        await _reader.ReadAsync(range.TaskId, tree => _reader.ReadHeadersAsync(tree, range, limit, cancellation), cancellation).ConfigureAwait(false) ?? [];

    public async Task<byte[]?> ReadPayloadAsync(BlockHeader header, CancellationToken cancellation)
    {
        if (await _reader.FindPartAsync(header.Number, cancellation).ConfigureAwait(false) is { } payload)
        {
            return payload;
        }

        // Parts go after the tree is another one: one that is still named is lost.
        IReadOnlyList<BlockHeader> now = await ReadHeadersAsync(
            new BlockRange(header.TaskId, header.FirstSeq - 1, header.FirstSeq), 1, cancellation).ConfigureAwait(false);
        return now.Any(other => other.Number == header.Number) ? throw _reader.Damaged(header.TaskId, new MissingPartException(header.Number)) : null;
    }

    /// <summary>MongoDB reuses space by itself. Once in a while what crashed servers left is put away.</summary>
    public async Task ReclaimAsync(CancellationToken cancellation)
    {
        long now = Environment.TickCount64;
        long due = Volatile.Read(ref _tidyDue);
        if (now >= due && Interlocked.CompareExchange(ref _tidyDue, now + TidyMilliseconds, due) == due)
        {
            await RecoverAsync(cancellation).ConfigureAwait(false);
        }
    }

    public Task<long> GetSizeAsync(CancellationToken cancellation) => _connection.RetryAsync(
        "read",
        async () =>
        {
            BsonDocument statistics = await _connection.Database
                .RunCommandAsync<BsonDocument>(new BsonDocument("dbStats", 1), ReadPreference.Primary, cancellation).ConfigureAwait(false);
            return statistics["storageSize"].ToInt64() + statistics["indexSize"].ToInt64();
        },
        cancellation);

    public Task WatchOtherServersAsync(Func<Commit, Task> onCommit, CancellationToken cancellation) => _listener.RunAsync(onCommit, cancellation);

    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        _locks.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What was begun long before any server would still wait for it, whatever its clock says.</summary>
    private Task RecoverAsync(CancellationToken cancellation) => _commits.RecoverAsync(DateTime.UtcNow - (_connection.Patience * 10), cancellation);
}
