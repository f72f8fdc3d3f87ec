using System.Collections.Immutable;
using Flatnet.Server.Storage.Blocks;
using MongoDB.Bson;

namespace Flatnet.Server.Storage.Mongo;

/// <summary>Documents as records, and back.</summary>
internal static class TreeDocuments
{
    public static BsonDocument Root(TaskRoot root)
    {
        var document = new BsonDocument { ["_id"] = root.TaskId, ["revision"] = root.Revision };
        if (root.Now is { } now)
        {
            document["now"] = Tree(now);
        }

        if (root.Commit != 0)
        {
            document["commit"] = root.Commit;
        }

        if (root.Next is { } next)
        {
            document["next"] = Tree(next);
        }

        return document;
    }

    public static TaskRoot Root(BsonDocument document)
    {
        string taskId = document["_id"].AsString;
        return new TaskRoot(taskId, document["revision"].AsInt64, Find("now"), Number(document, "commit") ?? 0, Find("next"));

        TaskTree? Find(string name) => document.TryGetValue(name, out BsonValue tree) ? Tree(taskId, tree.AsBsonDocument) : null;
    }

    /// <summary>The task's row, from a document that need not have more.</summary>
    public static TaskState State(string taskId, BsonDocument tree) => new(
        new TaskRecord
        {
            Id = taskId,
            Status = (TaskStatus)tree["status"].AsInt32,
            ExitCode = tree.TryGetValue("exitCode", out BsonValue code) ? code.AsInt32 : null,
            CreatedAt = tree["createdAt"].AsInt64,
            UpdatedAt = tree["updatedAt"].AsInt64,
            EndedAt = Number(tree, "endedAt"),
            Retention = Number(tree, "retention") is { } ticks ? TimeSpan.FromTicks(ticks) : null,
            FirstSeq = tree["firstSeq"].AsInt64,
            LastSeq = tree["lastSeq"].AsInt64,
            Statistics = new TaskStatistics(
                tree["lines"].AsInt64, tree["bytes"].AsInt64, Numbers(tree["sources"]), Numbers(tree["levels"]), Number(tree, "earliest"), Number(tree, "latest")),
        },
        tree["version"].AsInt64,
        tree["looseFrom"].AsInt64,
        tree["looseBlocks"].AsInt32);

    public static BsonDocument Part(TreePart part) => new() { ["_id"] = part.Number, ["task"] = part.TaskId, ["content"] = part.Content };

    public static BsonDocument Record(CommitRecord record) => new()
    {
        ["_id"] = record.Number,
        ["begunAt"] = record.BegunAt,
        ["state"] = (int)record.State,
        ["newParts"] = Array(record.NewParts),
        ["oldParts"] = Array(record.OldParts),
        ["commits"] = new BsonArray(record.Commits.Select(Commit)),
    };

    public static CommitRecord Record(BsonDocument document) => new(
        document["_id"].AsInt64,
        document["begunAt"].ToUniversalTime(),
        (CommitState)document["state"].AsInt32,
        Numbers(document["newParts"]),
        Numbers(document["oldParts"]),
        [.. document["commits"].AsBsonArray.Select(static commit => Commit(commit.AsBsonDocument))]);

    public static BsonDocument Commit(Commit commit) => new() { ["task"] = commit.TaskId, ["firstSeq"] = commit.FirstSeq, ["lastSeq"] = commit.LastSeq };

    public static Commit Commit(BsonDocument document) => new(document["task"].AsString, document["firstSeq"].AsInt64, document["lastSeq"].AsInt64);

    private static BsonDocument Tree(TaskTree tree)
    {
        (TaskRecord record, long version, long looseFrom, int looseBlocks) = tree.State;
        TaskStatistics sum = record.Statistics;
        return new BsonDocument
        {
            { "version", version },
            { "looseFrom", looseFrom },
            { "looseBlocks", looseBlocks },
            { "status", (int)record.Status },
            { "exitCode", record.ExitCode ?? 0, record.ExitCode is not null },
            { "createdAt", record.CreatedAt },
            { "updatedAt", record.UpdatedAt },
            { "endedAt", record.EndedAt ?? 0, record.EndedAt is not null },
            { "retention", record.Retention?.Ticks ?? 0, record.Retention is not null },
            { "firstSeq", record.FirstSeq },
            { "lastSeq", record.LastSeq },
            { "lines", sum.Count },
            { "bytes", sum.Bytes },
            { "sources", Array(sum.Sources) },
            { "levels", Array(sum.Levels) },
            { "earliest", sum.Earliest ?? 0, sum.Earliest is not null },
            { "latest", sum.Latest ?? 0, sum.Latest is not null },
            { "script", tree.Script },
            { "streams", TreeCodec.WriteStreams(tree.Streams) },
            { "streamPages", Array(tree.StreamPages) },
            { "pages", TreeCodec.WritePages(tree.Pages) },
            { "tail", TreeCodec.WriteHeaders(tree.Tail) },
        };
    }

    private static TaskTree Tree(string taskId, BsonDocument tree) => new(
        State(taskId, tree),
        tree["script"].AsInt64,
        TreeCodec.ReadStreams(taskId, tree["streams"].AsByteArray),
        Numbers(tree["streamPages"]),
        TreeCodec.ReadPages(tree["pages"].AsByteArray),
        TreeCodec.ReadHeaders(taskId, tree["tail"].AsByteArray));

    private static BsonArray Array(ImmutableArray<long> values) => new(values.Select(static value => new BsonInt64(value)));

    private static ImmutableArray<long> Numbers(BsonValue values) => [.. values.AsBsonArray.Select(static value => value.AsInt64)];

    private static long? Number(BsonDocument document, string name) => document.TryGetValue(name, out BsonValue value) ? value.AsInt64 : null;
}
