using System.Collections.Concurrent;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Flatnet.Server.Storage.Mongo;

/// <summary>
/// Makes commits of any number of tasks, all or nothing, with changes of single documents alone, so that a server without replicas
/// will do. A commit writes its record, then its parts, and prepares its tasks; it is made when the state of the record changes, in
/// one step that can be repeated; then the tasks show it. Whoever finds a task prepared by a server that is gone finishes for it.
/// </summary>
internal sealed class MongoCommits(MongoConnection connection, TreeReader reader, MongoListener listener)
{
    private static readonly TimeSpan LongestRaceDelay = TimeSpan.FromMilliseconds(20);
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>Commits that are made, but the database went away before the tasks showed it.</summary>
    private readonly ConcurrentQueue<CommitRecord> _unfinished = new();

    /// <param name="record">The commit.</param>
    /// <param name="parts">Its new parts.</param>
    /// <param name="tasks">Its tasks, prepared, each with the revision that it was made from.</param>
    /// <param name="cancellation">Ends it before it has begun.</param>
    /// <returns>False if others got in between, and nothing was stored.</returns>
    public async Task<bool> CommitAsync(
        CommitRecord record, IReadOnlyList<TreePart> parts, IReadOnlyList<(long Known, TaskRoot Prepared)> tasks, CancellationToken cancellation)
    {
        for (int count = _unfinished.Count; count > 0 && _unfinished.TryDequeue(out CommitRecord? left); count--)
        {
            await FinishAsync(left, isMade: true, tasks: null).ConfigureAwait(false);
        }

        // Waits for no disk: a record that a crash undoes is one that was given up.
        await InsertAsync(connection.Commits.WithWriteConcern(WriteConcern.W1), [TreeDocuments.Record(record)], cancellation).ConfigureAwait(false);

        // Not to be given up from here on: what was cancelled might be stored.
        try
        {
            Task<bool> preparing = PrepareAsync(tasks);
            await Task.WhenAll(InsertAsync(connection.Parts, [.. parts.Select(TreeDocuments.Part)], CancellationToken.None), preparing).ConfigureAwait(false);
            CommitState wanted = await preparing.ConfigureAwait(false) ? CommitState.Made : CommitState.GivenUp;
            bool isMade = await DecideAsync(record.Number, wanted).ConfigureAwait(false) == CommitState.Made;
            await FinishAsync(record, isMade, [.. tasks.Select(static task => task.Prepared)]).ConfigureAwait(false);
            if (!isMade)
            {
                await DelayRaceAsync(CancellationToken.None).ConfigureAwait(false);
            }

            return isMade;
        }
        catch (StoreException)
        {
            if (!await AbandonAsync(record).ConfigureAwait(false))
            {
                throw;
            }

            return true;
        }
    }

    /// <summary>Finishes, or gives up for it, the commit that a task is prepared for, if its server had time enough.</summary>
    /// <param name="root">The task.</param>
    /// <param name="isOverdue">Whether it was prepared for long.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task SettleAsync(TaskRoot root, bool isOverdue, CancellationToken cancellation)
    {
        CommitState state = isOverdue
            ? await DecideAsync(root.Commit, CommitState.GivenUp).ConfigureAwait(false)
            : await FindStateAsync(root.Commit, cancellation).ConfigureAwait(false);
        if (state != CommitState.Begun)
        {
            await ShowAsync([root], state == CommitState.Made).ConfigureAwait(false);
        }

        await DelayRaceAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Finishes what servers left that went away in the middle of a commit.</summary>
    /// <param name="before">When it must have been begun, so that it is no longer worked on.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RecoverAsync(DateTime before, CancellationToken cancellation)
    {
        List<CommitRecord> left = await connection.RetryAsync(
            "finish commits",
            async () => (await connection.Commits.Find(Filter.Lt("begunAt", before)).ToListAsync(cancellation).ConfigureAwait(false))
                .ConvertAll(TreeDocuments.Record),
            cancellation).ConfigureAwait(false);
        foreach (CommitRecord record in left)
        {
            CommitState state = await DecideAsync(record.Number, CommitState.GivenUp).ConfigureAwait(false);
            await FinishAsync(record, state == CommitState.Made, tasks: null).ConfigureAwait(false);
        }
    }

    /// <summary>Who loses a race waits a little, each another time, so that two do not go on losing to each other.</summary>
    private static Task DelayRaceAsync(CancellationToken cancellation) => Task.Delay(LongestRaceDelay * Random.Shared.NextDouble(), cancellation);

    /// <summary>Inserts documents whose IDs are this server's own: those that are there came with a try whose answer was lost.</summary>
    private Task<bool> InsertAsync(IMongoCollection<BsonDocument> collection, BsonDocument[] documents, CancellationToken cancellation) => connection.RetryAsync(
        "write",
        async () =>
        {
            try
            {
                if (documents.Length > 0)
                {
                    await collection.InsertManyAsync(documents, new InsertManyOptions { IsOrdered = false }, cancellation).ConfigureAwait(false);
                }
            }
            catch (MongoException exception) when (MongoErrors.IsDuplicate(exception))
            {
            }

            return true;
        },
        cancellation);

    /// <returns>Whether all tasks are prepared; those that others changed, or prepared, are not.</returns>
    private Task<bool> PrepareAsync(IReadOnlyList<(long Known, TaskRoot Prepared)> tasks) => connection.RetryAsync(
        "write",
        async () =>
        {
            try
            {
                BulkWriteResult<BsonDocument> result = await connection.Tasks.BulkWriteAsync(tasks.Select(static task =>
                    new ReplaceOneModel<BsonDocument>(Is(task.Prepared.TaskId, task.Known), TreeDocuments.Root(task.Prepared))
                    {
                        IsUpsert = task.Known == TaskRoot.None,
                    })).ConfigureAwait(false);
                return result.MatchedCount + result.Upserts.Count == tasks.Count;
            }
            catch (MongoException exception) when (MongoErrors.IsDuplicate(exception))
            {
                return false;
            }
        },
        CancellationToken.None);

    /// <summary>Makes a commit, or gives it up, if that was not decided before.</summary>
    /// <returns>What is decided. There is no record any more of what was given up long ago.</returns>
    private Task<CommitState> DecideAsync(long number, CommitState wanted) => connection.RetryAsync(
        "commit",
        async () =>
        {
            UpdateResult result = await connection.Commits.UpdateOneAsync(
                Filter.Eq("_id", number) & Filter.Eq("state", (int)CommitState.Begun), Builders<BsonDocument>.Update.Set("state", (int)wanted)).ConfigureAwait(false);
            return result.MatchedCount == 1 ? wanted : await FindStateAsync(number, CancellationToken.None).ConfigureAwait(false);
        },
        CancellationToken.None);

    private Task<CommitState> FindStateAsync(long number, CancellationToken cancellation) => connection.RetryAsync(
        "read",
        async () => await connection.Commits.Find(Filter.Eq("_id", number)).FirstOrDefaultAsync(cancellation).ConfigureAwait(false) is { } record
            ? (CommitState)record["state"].AsInt32
            : CommitState.GivenUp,
        cancellation);

    /// <summary>What is left to do once it is decided. It is done, or will be.</summary>
    private async Task FinishAsync(CommitRecord record, bool isMade, IReadOnlyList<TaskRoot>? tasks)
    {
        try
        {
            tasks ??= await reader.FindRootsAsync(Filter.Eq("commit", record.Number), CancellationToken.None).ConfigureAwait(false);
            await ShowAsync(tasks, isMade).ConfigureAwait(false);
            await connection.RetryAsync("write", () => TidyAsync(record, isMade), CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreException) when (isMade)
        {
            _unfinished.Enqueue(record);
        }
    }

    /// <summary>Ends the preparation of tasks, those where nobody did so before.</summary>
    private Task<bool> ShowAsync(IReadOnlyList<TaskRoot> tasks, bool isMade) => connection.RetryAsync(
        "write",
        async () =>
        {
            if (tasks.Count > 0)
            {
                await connection.Tasks.BulkWriteAsync(tasks.Select(task => task.Settled(isMade) is { } settled
                    ? (WriteModel<BsonDocument>)new ReplaceOneModel<BsonDocument>(Is(task.TaskId, task.Revision), TreeDocuments.Root(settled))
                    : new DeleteOneModel<BsonDocument>(Is(task.TaskId, task.Revision)))).ConfigureAwait(false);
            }

            return true;
        },
        CancellationToken.None);

    /// <summary>Tells other servers, and removes what is of no use. Should a crash undo it, only room is lost: it waits for no disk.</summary>
    private async Task<bool> TidyAsync(CommitRecord record, bool isMade)
    {
        if (isMade)
        {
            await listener.TellAsync(record.Commits).ConfigureAwait(false);
        }

        if ((isMade ? record.OldParts : record.NewParts) is { IsEmpty: false } useless)
        {
            await connection.Parts.WithWriteConcern(WriteConcern.W1).DeleteManyAsync(Filter.In("_id", useless)).ConfigureAwait(false);
        }

        await connection.Commits.WithWriteConcern(WriteConcern.W1).DeleteOneAsync(Filter.Eq("_id", record.Number)).ConfigureAwait(false);
        return true;
    }

    /// <summary>Gives up what cannot be stored, as far as the database still answers; whoever comes later does the rest.</summary>
    /// <returns>Whether it was made all the same.</returns>
    private async Task<bool> AbandonAsync(CommitRecord record)
    {
        try
        {
            bool isMade = await DecideAsync(record.Number, CommitState.GivenUp).ConfigureAwait(false) == CommitState.Made;
            await FinishAsync(record, isMade, tasks: null).ConfigureAwait(false);
            return isMade;
        }
        catch (StoreException)
        {
            return false;
        }
    }

    private static FilterDefinition<BsonDocument> Is(string taskId, long revision) => Filter.Eq("_id", taskId) & Filter.Eq("revision", revision);
}
