using System.Collections.Immutable;
using Flatnet.Server.Storage;
using Flatnet.Server.Storage.Blocks;
using Flatnet.Server.Storage.Mongo;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Server.Tests.Storage.Mongo;

/// <summary>A tree names the blocks and streams that a plain list would hold, in order, and no part is left over or missing.</summary>
public sealed class TreeEditProperties
{
    private readonly Dictionary<long, byte[]> _parts = [];
    private readonly List<BlockHeader> _blocks = [];
    private readonly Dictionary<string, long> _streams = [];
    private TaskTree? _tree;
    private long _lastSeq;

    [Fact]
    public void A_tree_is_what_a_list_would_be() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(20),
        Prop.ForAll(Steps().ToArbitrary(), static steps => new TreeEditProperties().RunAsync(steps).GetAwaiter().GetResult()));

    private static Gen<(int Kind, int Place, int Count)[]> Steps() => (
        from kind in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Constant(1)), (1, Gen.Constant(2)), (1, Gen.Constant(3)))
        from place in Gen.Choose(0, 10_000)
        from count in Gen.Choose(1, 150)
        select (kind, place, count)).ArrayOf(25);

    private async Task RunAsync((int Kind, int Place, int Count)[] steps)
    {
        foreach ((int kind, int place, int count) in steps)
        {
            switch (kind)
            {
                case 0:
                    await ChangeAsync([], [.. Enumerable.Range(1, count).Select(number => Header(_lastSeq + (number * 2), _lastSeq + (number * 2) + 1))]);
                    break;
                case 1:
                    await ChangeAsync(Neighbours(place, count), []);
                    break;
                case 2 when Neighbours(place, count) is [var first, .., var last] merged:
                    await ChangeAsync(merged, [Header(first.FirstSeq, last.LastSeq)]);
                    break;
                case 3 when Neighbours(place, 1) is [var cut]:
                    await ChangeAsync([cut], [Header(cut.LastSeq, cut.LastSeq)]);
                    break;
            }

            Verify();
        }
    }

    private async Task ChangeAsync(List<BlockHeader> deleted, List<BlockHeader> added)
    {
        HashSet<long> numbers = [.. deleted.Select(static block => block.Number)];
        _blocks.RemoveAll(block => numbers.Contains(block.Number));
        _blocks.AddRange(added);
        _blocks.Sort(static (one, other) => one.FirstSeq.CompareTo(other.FirstSeq));
        _lastSeq = Math.Max(_lastSeq, added.Select(static block => block.LastSeq).DefaultIfEmpty().Max());
        StreamState[] streams = [.. added.Take(40).Select(block => new StreamState("t", $"s{block.FirstSeq * 7 % 1000}", block.LastSeq, []))];
        streams = [.. streams.DistinctBy(static stream => stream.StreamId)];
        Array.ForEach(streams, stream => _streams[stream.StreamId] = stream.LastSequence);
        var edit = new TreeEdit("t", _tree, page => Task.FromResult(TreeCodec.ReadHeaders("t", _parts[page.Part])));
        _tree = await edit.ChangeAsync(State(), deleted, added.Select(static header => new Block(header, [7])), streams);
        Apply(edit);
    }

    private void Apply(TreeEdit edit)
    {
        foreach (TreePart part in edit.NewParts)
        {
            _parts.Add(part.Number, part.Content);
        }

        Assert.All(edit.OldParts, number => Assert.True(_parts.Remove(number)));
    }

    private void Verify()
    {
        if (_tree is null)
        {
            return;
        }

        List<BlockHeader> found = [];
        foreach (TreePage page in _tree.Pages)
        {
            ImmutableArray<BlockHeader> headers = TreeCodec.ReadHeaders("t", _parts[page.Part]);
            Assert.Equal(new TreePage(page.Part, headers[0].FirstSeq, headers[^1].LastSeq, headers.Length), page);
            Assert.InRange(headers.Length, 1, TreeEdit.MostHeaders);
            found.AddRange(headers);
        }

        found.AddRange(_tree.Tail);
        Assert.Equal(_blocks.Select(static block => (block.FirstSeq, block.LastSeq)), found.Select(static block => (block.FirstSeq, block.LastSeq)));
        Assert.InRange(_tree.Tail.Length, 0, TreeEdit.MostTail);
        Assert.InRange(_tree.Streams.Length, 0, TreeEdit.MostStreams);
        Dictionary<string, long> streams = [];
        foreach (StreamState stream in _tree.StreamPages.SelectMany(page => TreeCodec.ReadStreams("t", _parts[page])).Concat(_tree.Streams))
        {
            streams[stream.StreamId] = stream.LastSequence;
        }

        Assert.Equal(_streams.OrderBy(static stream => stream.Key), streams.OrderBy(static stream => stream.Key));
        Assert.Equal(
            _parts.Keys.Order(),
            found.Select(static block => block.Number).Concat(_tree.Pages.Select(static page => page.Part)).Concat(_tree.StreamPages).Order());

        // The blocks as the tree has them: with their parts.
        _blocks.Clear();
        _blocks.AddRange(found);
    }

    private List<BlockHeader> Neighbours(int place, int count) => _blocks.Count == 0 ? [] : [.. _blocks.Skip(place % _blocks.Count).Take(count)];

    private static BlockHeader Header(long first, long last) =>
        new("t", first, last, 10, new TaskStatistics(1, 1, [0, 1, 0, 0], [0, 1, 0, 0, 0, 0, 0], 5, 6));

    private TaskState State() => new(
        new TaskRecord
        {
            Id = "t",
            Status = Server.Storage.TaskStatus.Processing,
            CreatedAt = 1,
            UpdatedAt = 1,
            FirstSeq = 1,
            LastSeq = _lastSeq,
            Statistics = new TaskStatistics(0, 0, [0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0], null, null),
        },
        1, 1, 0);
}
