using System.Collections.Concurrent;
using MongoDB.Bson;

namespace Flatnet.Server.Tests.Storage.Mongo;

/// <summary>The collections of a <see cref="MongoStandIn"/>, and the commands on them.</summary>
internal sealed class StandInDatabase
{
    private const int DuplicateKey = 11000;
    private const int CommandNotFound = 59;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<BsonDocument>> _collections = [];
    private readonly ConcurrentDictionary<long, (List<BsonDocument> Collection, BsonDocument Last)> _tails = new();
    private long _cursors;

    /// <summary>Copies of a collection's documents.</summary>
    public List<BsonDocument> this[string collection]
    {
        get
        {
            lock (_lock)
            {
                return Collection(collection).ConvertAll(static document => document.DeepClone().AsBsonDocument);
            }
        }
    }

    /// <summary>Changes a collection behind the store's back.</summary>
    public void Change(string collection, Action<List<BsonDocument>> change)
    {
        lock (_lock)
        {
            change(Collection(collection));
        }
    }

    public async Task<BsonDocument> AnswerAsync(BsonDocument command, CancellationToken cancellation)
    {
        if (command.GetElement(0).Name == "getMore")
        {
            return await WaitAsync(command, cancellation);
        }

        lock (_lock)
        {
            return Answer(command);
        }
    }

    private BsonDocument Answer(BsonDocument command)
    {
        string name = command.GetElement(0).Name;
        List<BsonDocument> collection = command[0].IsString ? Collection(command[0].AsString) : [];
        return name switch
        {
            "hello" or "isMaster" or "ismaster" => new BsonDocument
            {
                { "ok", 1 }, { "ismaster", true }, { "helloOk", true }, { "maxWireVersion", 21 }, { "minWireVersion", 0 },
                { "maxBsonObjectSize", 16 << 20 }, { "maxMessageSizeBytes", 48_000_000 }, { "maxWriteBatchSize", 100_000 },
            },
            "insert" => Each(command["documents"], document => Insert(collection, document), command.GetValue("ordered", true).ToBoolean()),
            "update" => Each(command["updates"], update => Update(collection, update), command.GetValue("ordered", true).ToBoolean()),
            "delete" => Each(command["deletes"], delete => (Delete(collection, delete), null), isOrdered: true),
            "find" => Find(collection, command),
            "create" when _collections[command[0].AsString].Count > 0 => Failure(48, "the collection is there"),
            "create" or "createIndexes" or "killCursors" => new BsonDocument("ok", 1),
            "dbStats" => new BsonDocument { { "ok", 1 }, { "storageSize", (double)_collections.Values.Sum(static all => all.Sum(static one => one.ToBson().Length)) }, { "indexSize", 0.0 } },
            _ => Failure(CommandNotFound, $"no such command: {name}"),
        };
    }

    private static BsonDocument Failure(int code, string message) => new() { { "ok", 0 }, { "code", code }, { "errmsg", message } };

    private List<BsonDocument> Collection(string name) =>
        _collections.TryGetValue(name, out List<BsonDocument>? collection) ? collection : _collections[name] = [];

    /// <summary>Does the parts of a command, up to the first that fails or all of them.</summary>
    private static BsonDocument Each(BsonValue parts, Func<BsonDocument, (int Count, BsonValue? Upserted)> action, bool isOrdered)
    {
        int count = 0;
        var upserted = new BsonArray();
        var errors = new BsonArray();
        foreach ((int index, BsonValue part) in parts.AsBsonArray.Index())
        {
            (int done, BsonValue? id) = action(part.AsBsonDocument);
            if (done < 0)
            {
                errors.Add(new BsonDocument { { "index", index }, { "code", DuplicateKey }, { "errmsg", "E11000 duplicate key" } });
                if (isOrdered)
                {
                    break;
                }

                continue;
            }

            count += done;
            if (id is not null)
            {
                upserted.Add(new BsonDocument { { "index", index }, { "_id", id } });
            }
        }

        return new BsonDocument
        {
            { "ok", 1 }, { "n", count }, { "nModified", count - upserted.Count }, { "upserted", upserted, upserted.Count > 0 }, { "writeErrors", errors, errors.Count > 0 },
        };
    }

    private static (int Count, BsonValue? Upserted) Insert(List<BsonDocument> collection, BsonDocument document)
    {
        if (collection.Exists(other => other["_id"] == document["_id"]))
        {
            return (-1, null);
        }

        collection.Add(document);
        return (1, null);
    }

    /// <summary>Replaces the first document that matches, or sets fields of it.</summary>
    private static (int Count, BsonValue? Upserted) Update(List<BsonDocument> collection, BsonDocument update)
    {
        BsonDocument change = update["u"].AsBsonDocument;
        int index = collection.FindIndex(document => StandInFilter.Matches(document, update["q"].AsBsonDocument));
        if (index >= 0)
        {
            collection[index] = Apply(collection[index], change);
            return (1, null);
        }

        if (!update.GetValue("upsert", false).ToBoolean())
        {
            return (0, null);
        }

        return Insert(collection, change).Count < 0 ? (-1, null) : (1, change["_id"]);
    }

    private static BsonDocument Apply(BsonDocument document, BsonDocument change) => change.GetElement(0) is { Name: "$set" } set
        ? document.DeepClone().AsBsonDocument.Merge(set.Value.AsBsonDocument, overwriteExistingElements: true)
        : change;

    private static int Delete(List<BsonDocument> collection, BsonDocument delete)
    {
        BsonDocument filter = delete["q"].AsBsonDocument;
        if (delete["limit"].ToInt32() == 0)
        {
            return collection.RemoveAll(document => StandInFilter.Matches(document, filter));
        }

        int index = collection.FindIndex(document => StandInFilter.Matches(document, filter));
        if (index >= 0)
        {
            collection.RemoveAt(index);
        }

        return index >= 0 ? 1 : 0;
    }

    private BsonDocument Find(List<BsonDocument> collection, BsonDocument command)
    {
        IEnumerable<BsonDocument> found = collection.Where(document => StandInFilter.Matches(document, command["filter"].AsBsonDocument));
        if (command.TryGetValue("sort", out BsonValue sort))
        {
            BsonElement key = sort.AsBsonDocument.Single();
            found = key.Value.ToInt32() > 0 ? found.OrderBy(document => StandInFilter.Value(document, key.Name)) : found.OrderByDescending(document => StandInFilter.Value(document, key.Name));
        }

        BsonDocument[] batch = [.. found.Take(command.GetValue("limit", int.MaxValue).ToInt32())];
        long cursor = 0;
        if (command.GetValue("tailable", false).ToBoolean() && batch.Length > 0)
        {
            cursor = ++_cursors;
            _tails[cursor] = (collection, batch[^1]);
        }

        return Batch("firstBatch", cursor, batch);
    }

    /// <summary>What comes after the last document that a cursor gave, or nothing after a while.</summary>
    private async Task<BsonDocument> WaitAsync(BsonDocument command, CancellationToken cancellation)
    {
        long cursor = command["getMore"].ToInt64();
        long end = Environment.TickCount64 + command["maxTimeMS"].ToInt64();
        while (true)
        {
            lock (_lock)
            {
                (List<BsonDocument> collection, BsonDocument last) = _tails[cursor];
                int index = collection.IndexOf(last);
                if (index < 0)
                {
                    return Failure(136, "the cursor's place was overwritten");
                }

                BsonDocument[] batch = [.. collection.Skip(index + 1)];
                if (batch.Length > 0 || Environment.TickCount64 >= end)
                {
                    _tails[cursor] = (collection, batch.LastOrDefault(last));
                    return Batch("nextBatch", cursor, batch);
                }
            }

            await Task.Delay(5, cancellation);
        }
    }

    private static BsonDocument Batch(string name, long cursor, BsonDocument[] batch) => new()
    {
        { "ok", 1 }, { "cursor", new BsonDocument { { "id", cursor }, { "ns", "stand.in" }, { name, new BsonArray(batch) } } },
    };
}
