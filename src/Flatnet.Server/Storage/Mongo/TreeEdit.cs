using System.Collections.Immutable;
using System.Text;
using Flatnet.Server.Storage.Blocks;

namespace Flatnet.Server.Storage.Mongo;

/// <summary>Makes a task's next tree, and says which parts come and go with it.</summary>
/// <param name="taskId">The task.</param>
/// <param name="before">Its tree; null for a new task.</param>
/// <param name="readPage">Reads a page of headers.</param>
internal sealed class TreeEdit(string taskId, TaskTree? before, Func<TreePage, Task<ImmutableArray<BlockHeader>>> readPage)
{
    /// <summary>More headers than these, and the first of them move to a page, until <see cref="TailRest"/> are left.</summary>
    public const int MostTail = 64;

    public const int TailRest = 32;

    /// <summary>Headers of a page: some 30 KB.</summary>
    public const int MostHeaders = 512;

    /// <summary>More streams than these, and the half that did not change for longest moves to a page.</summary>
    public const int MostStreams = 256;

    private readonly List<TreePart> _newParts = [];
    private readonly List<long> _oldParts = [];

    public IReadOnlyList<TreePart> NewParts => _newParts;

    public IReadOnlyList<long> OldParts => _oldParts;

    /// <summary>The parts of a task that is deleted; its blocks went before.</summary>
    public void Delete()
    {
        if (before is not null)
        {
            _oldParts.AddRange([.. before.StreamPages, .. before.Pages.Select(static page => page.Part)]);
            _oldParts.AddRange(before.Script != 0 ? [before.Script] : []);
        }
    }

    public async Task<TaskTree> ChangeAsync(
        TaskState after, IReadOnlyCollection<BlockHeader> deleted, IEnumerable<Block> added, IEnumerable<StreamState> streams)
    {
        List<Leaf> leaves = before is null ? [] : [.. before.Pages.Select(static page => new Leaf(page))];
        var tail = new Leaf(default) { Headers = before is null ? [] : [.. before.Tail] };
        foreach (BlockHeader header in deleted)
        {
            _oldParts.Add(header.Number);
            (await OpenAsync(Place(header)).ConfigureAwait(false)).RemoveAll(other => other.Number == header.Number);
        }

        foreach ((BlockHeader header, byte[] payload) in added)
        {
            (await OpenAsync(Place(header)).ConfigureAwait(false)).Add(header with { Number = AddPart(payload) });
        }

        List<BlockHeader> last = tail.Headers;
        last.Sort(static (one, other) => one.FirstSeq.CompareTo(other.FirstSeq));
        if (last.Count > MostTail)
        {
            await ShortenAsync(leaves, last).ConfigureAwait(false);
        }

        (ImmutableArray<StreamState> recent, ImmutableArray<long> pages) = Change(streams);
        return new TaskTree(
            after with { Record = after.Record with { Script = null } }, Change(after.Record.Script), recent, pages, [.. leaves.SelectMany(Write)], [.. last]);

        // The page that a block belongs to: before the end of the blocks there. A block that is merged or cut begins inside its page.
        Leaf Place(BlockHeader header) => leaves.Find(leaf => header.FirstSeq <= leaf.Page.LastSeq) ?? tail;
    }

    /// <summary>Moves the first headers behind the last page, or to a new one.</summary>
    private async Task ShortenAsync(List<Leaf> leaves, List<BlockHeader> tail)
    {
        int count = tail.Count - TailRest;
        if (leaves.Count == 0 || leaves[^1].Page.Count + count > MostHeaders)
        {
            leaves.Add(new Leaf(default) { Headers = [] });
        }

        (await OpenAsync(leaves[^1]).ConfigureAwait(false)).AddRange(tail[..count]);
        tail.RemoveRange(0, count);
    }

    private async Task<List<BlockHeader>> OpenAsync(Leaf leaf) => leaf.Headers ??= [.. await readPage(leaf.Page).ConfigureAwait(false)];

    /// <summary>A page as it is, or what took its place.</summary>
    private IEnumerable<TreePage> Write(Leaf leaf)
    {
        if (leaf.Headers is not { } headers)
        {
            return [leaf.Page];
        }

        if (leaf.Page.Part != 0)
        {
            _oldParts.Add(leaf.Page.Part);
        }

        headers.Sort(static (one, other) => one.FirstSeq.CompareTo(other.FirstSeq));
        return headers.Count == 0 ? [] : [new TreePage(AddPart(TreeCodec.WriteHeaders(headers)), headers[0].FirstSeq, headers[^1].LastSeq, headers.Count)];
    }

    private (ImmutableArray<StreamState> Recent, ImmutableArray<long> Pages) Change(IEnumerable<StreamState> changed)
    {
        List<StreamState> streams = before is null ? [] : [.. before.Streams];
        ImmutableArray<long> pages = before?.StreamPages ?? [];
        Dictionary<string, StreamState> latest = changed.ToDictionary(static stream => stream.StreamId, StringComparer.Ordinal);
        streams.RemoveAll(stream => latest.ContainsKey(stream.StreamId));
        streams.AddRange(latest.Values);
        if (streams.Count > MostStreams)
        {
            int count = streams.Count - (MostStreams / 2);
            pages = pages.Add(AddPart(TreeCodec.WriteStreams(streams[..count])));
            streams.RemoveRange(0, count);
        }

        return ([.. streams], pages);
    }

    private long Change(string? script)
    {
        if (script is null)
        {
            return before?.Script ?? 0;
        }

        _oldParts.AddRange(before is { Script: not 0 } ? [before.Script] : []);
        return AddPart(Encoding.UTF8.GetBytes(script));
    }

    private long AddPart(byte[] content)
    {
        var part = new TreePart(TaskRoot.NewNumber(), taskId, content);
        _newParts.Add(part);
        return part.Number;
    }

    /// <summary>A page, and its headers once they may change.</summary>
    private sealed class Leaf(TreePage page)
    {
        public TreePage Page { get; } = page;

        public List<BlockHeader>? Headers { get; set; }
    }
}
