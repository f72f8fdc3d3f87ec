using System.Collections.Immutable;
using System.Text.Json;
using Flatnet.Server.Storage;
using Flatnet.Server.Storage.Blocks;
using Flatnet.Server.Storage.Mongo;
using FsCheck;
using FsCheck.Fluent;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using TaskStatus = Flatnet.Server.Storage.TaskStatus;

namespace Flatnet.Server.Tests.Storage.Mongo;

/// <summary>What is written to the database comes back as it was.</summary>
public sealed class TreeDocumentsTests
{
    private static readonly JsonSerializerOptions Everything = new() { IncludeFields = true };
    private static readonly Gen<long> Numbers = Gen.OneOf(Gen.Choose(0, 200).Select(static value => (long)value), Gen.Elements(long.MaxValue, 1L << 40));
    private static readonly Gen<long> Times = Gen.OneOf(Numbers, Gen.Elements(long.MinValue, -1L, 1_795_204_222_405_000_000));

    private static readonly Gen<TaskStatistics> Statistics =
        from sources in Numbers.ArrayOf(4)
        from levels in Numbers.ArrayOf(7)
        from count in Numbers
        from earliest in Times
        from latest in Times
        select new TaskStatistics(count, count / 2, [.. sources], [.. levels], earliest, latest);

    private static readonly Gen<BlockHeader> Headers =
        from first in Gen.Choose(1, int.MaxValue)
        from length in Gen.Choose(0, 9999)
        from number in Numbers
        from sum in Statistics
        select new BlockHeader("t", first, first + length, length, sum) { Number = number };

    private static readonly Gen<StreamState> Streams =
        from id in Gen.Elements("", "s", "\0", "長い", "\U0001f600 id")
        from last in Numbers
        from hole in Numbers
        from isWhole in Gen.Elements(true, false)
        select new StreamState("t", id, last, isWhole ? [] : [(hole, hole), (last, last)]);

    private static readonly Gen<TaskTree> Trees =
        from sum in Statistics
        from isEmpty in Gen.Elements(true, false)
        from ended in Times
        from version in Times
        from streams in Streams.ArrayOf()
        from numbers in Numbers.ArrayOf()
        from tail in Headers.ArrayOf()
        select new TaskTree(
            new TaskState(
                new TaskRecord
                {
                    Id = "t",
                    Status = isEmpty ? TaskStatus.Pending : TaskStatus.Failed,
                    ExitCode = isEmpty ? null : (int)(ended % 256),
                    CreatedAt = version,
                    UpdatedAt = ended,
                    EndedAt = isEmpty ? null : ended,
                    Retention = isEmpty ? null : TimeSpan.FromTicks(ended),
                    FirstSeq = 1,
                    LastSeq = sum.Count,
                    Statistics = isEmpty ? sum with { Earliest = null, Latest = null } : sum,
                },
                version,
                7,
                numbers.Length),
            version,
            [.. streams],
            [.. numbers],
            [.. numbers.Select(static number => new TreePage(number, number, number, 3))],
            [.. tail]);

    [Fact]
    public void A_task_comes_back_as_it_was() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(60),
        Prop.ForAll(
            (from now in Trees from next in Trees from shape in Gen.Choose(0, 3) select (now, next, shape)).ToArbitrary(),
            static test =>
            {
                var root = new TaskRoot(
                    "t", 5, test.shape == 0 ? null : test.now, test.shape == 1 ? 0 : 99, test.shape is 1 or 2 ? null : test.next);
                Assert.Equal(Text(root), Text(TreeDocuments.Root(BsonSerializer.Deserialize<BsonDocument>(TreeDocuments.Root(root).ToBson()))));
            }));

    [Fact]
    public void A_commit_comes_back_as_it_was()
    {
        var record = new CommitRecord(
            long.MaxValue, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), CommitState.Made, [1, 2], [], [new("t", 1, 2), new("z", 0, long.MaxValue)]);

        Assert.Equal(Text(record), Text(TreeDocuments.Record(BsonSerializer.Deserialize<BsonDocument>(TreeDocuments.Record(record).ToBson()))));
    }

    [Fact]
    public void A_document_with_much_in_it_stays_small()
    {
        ImmutableArray<BlockHeader> tail = [.. Enumerable.Repeat(Headers.Sample(1).First(), TreeEdit.MostTail)];
        ImmutableArray<TreePage> pages = [.. Enumerable.Range(0, 100_000).Select(static number => new TreePage(long.MaxValue - number, number * 100_000_000L, (number * 100_000_000L) + 99_999_999, 512))];
        TaskTree tree = Trees.Sample(1).First() with { Tail = tail, Pages = pages };

        // 100 000 pages of 512 blocks of 256 KiB: 12 TiB of lines in one task.
        Assert.InRange(TreeDocuments.Root(new TaskRoot("t", 1, tree, 2, tree)).ToBson().Length, 1, 8 << 20);
    }

    private static string Text(object value) => JsonSerializer.Serialize(value, Everything);
}
