using System.Diagnostics;
using Flatnet.Server.Storage.Blocks;
using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Configuration;

namespace Flatnet.Server.Storage.Mongo;

/// <summary>The database with its collections; waits for it while it is away.</summary>
internal sealed class MongoConnection : IDisposable
{
    /// <summary>A silent connection is given up: the server, or the way to it, is gone.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly MongoClient _client;

    public MongoConnection(MongoOptions options)
    {
        MongoUrl url = MongoUrl.Create(options.ConnectionString);
        MongoClientSettings settings = MongoClientSettings.FromUrl(url);
        settings.ApplicationName = "flatnetd";
        settings.SocketTimeout = settings.SocketTimeout > TimeSpan.Zero ? settings.SocketTimeout : LongestSilence;
        settings.ServerSelectionTimeout = Shorter(settings.ServerSelectionTimeout, options.Patience);
        settings.ConnectTimeout = Shorter(settings.ConnectTimeout, options.Patience);
        Server = $"{string.Join(',', url.Servers.Select(server => url.Scheme == ConnectionStringScheme.MongoDB ? server.ToString() : server.Host))}/{options.Database}";
        Patience = options.Patience;
        _client = new MongoClient(settings);

        // A commit that was made survives the loss of a minority, and tasks show it after that only: reading needs no more than the latest.
        Database = _client.GetDatabase(options.Database, new MongoDatabaseSettings
        {
            ReadPreference = ReadPreference.Primary,
            ReadConcern = ReadConcern.Local,
            WriteConcern = new WriteConcern("majority", wTimeout: options.Patience, journal: options.IsDurable),
        });
        Tasks = Database.GetCollection<BsonDocument>("tasks");
        Parts = Database.GetCollection<BsonDocument>("parts");
        Commits = Database.GetCollection<BsonDocument>("commits");
        Events = Database.GetCollection<BsonDocument>("events");
    }

    /// <summary>Where it is, for messages.</summary>
    public string Server { get; }

    /// <summary>How long to wait for a database that is away.</summary>
    public TimeSpan Patience { get; }

    public IMongoDatabase Database { get; }

    /// <summary>The roots of tasks (<see cref="TaskRoot"/>).</summary>
    public IMongoCollection<BsonDocument> Tasks { get; }

    /// <summary>What hangs on roots (<see cref="TreePart"/>).</summary>
    public IMongoCollection<BsonDocument> Parts { get; }

    /// <summary>Commits on their way (<see cref="CommitRecord"/>).</summary>
    public IMongoCollection<BsonDocument> Commits { get; }

    /// <summary>Commits, for other servers (<see cref="MongoListener"/>).</summary>
    public IMongoCollection<BsonDocument> Events { get; }

    /// <summary>Does what may be done twice, again and again while the database cannot be reached.</summary>
    /// <exception cref="StoreException">It failed for another reason, or for too long.</exception>
    public async Task<T> RetryAsync<T>(string tried, Func<Task<T>> action, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        TimeSpan pause = FirstPause;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return await action().ConfigureAwait(false);
            }
            catch (Exception exception) when (MongoErrors.IsConnectionLost(exception) && Stopwatch.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(pause, cancellation).ConfigureAwait(false);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
            catch (Exception exception) when (MongoErrors.IsFailure(exception))
            {
                throw MongoErrors.ToStoreException(tried, Server, exception);
            }
            catch (Exception damage) when (damage is BlockFormatException or KeyNotFoundException or InvalidCastException)
            {
                throw new StoreException($"Cannot {tried} in MongoDB on {Server}: a document in it is damaged, {damage.Message.TrimEnd('.')}. Restore it from a copy.", inner: damage);
            }
        }
    }

    public void Dispose() => _client.Dispose();

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
