namespace Flatnet.Server.Storage.Blocks;

/// <summary>
/// Goes through a task's blocks in a range of seqs, a few headers at a time. It holds nothing in the database: a block that was
/// merged or rewritten between header and payload is looked up anew, so that every line is met once.
/// </summary>
internal sealed class BlockCursor(IBlockDatabase database, BlockRange range)
{
    private const int FewestHeaders = 4;
    private const int MostHeaders = 128;

    private readonly Queue<BlockHeader> _ahead = new();
    private BlockRange _rest = range;
    private BlockRange _restBefore = range;
    private BlockHeader? _current;
    private int _page = FewestHeaders;
    private bool _isEnd;

    /// <summary>
    /// The seqs that are looked for in the block that <see cref="NextAsync"/> gave. A block that was merged meanwhile holds others
    /// too, which were met before.
    /// </summary>
    public BlockRange Wanted => _restBefore;

    /// <summary>The next block; null at the end.</summary>
    public async ValueTask<BlockHeader?> NextAsync(CancellationToken cancellation)
    {
        for (; ; )
        {
            while (_ahead.TryDequeue(out BlockHeader? header))
            {
                if (header.LastSeq > _rest.AfterSeq && header.FirstSeq <= _rest.UpToSeq)
                {
                    _current = header;
                    _restBefore = _rest;
                    _rest = _rest.Descending ? _rest with { UpToSeq = header.FirstSeq - 1 } : _rest with { AfterSeq = header.LastSeq };
                    return header;
                }
            }

            if (_isEnd || _rest.AfterSeq >= _rest.UpToSeq)
            {
                return null;
            }

            IReadOnlyList<BlockHeader> page = await database.ReadHeadersAsync(_rest, _page, cancellation);
            _isEnd = page.Count < _page;
            _page = Math.Min(_page * 2, MostHeaders);
            foreach (BlockHeader header in page)
            {
                _ahead.Enqueue(header);
            }
        }
    }

    /// <summary>Opens the block that <see cref="NextAsync"/> gave; null if it is no more, and <see cref="NextAsync"/> gives what took its place.</summary>
    /// <param name="isWanted">Looks at the messages; if it says no, the lines are not unpacked.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="StoreException">The block is damaged.</exception>
    public async ValueTask<BlockContent?> OpenAsync(Func<BlockContent, bool> isWanted, CancellationToken cancellation)
    {
        BlockHeader header = _current ?? throw new InvalidOperationException("There is no block to open.");
        byte[]? payload = await database.ReadPayloadAsync(header, cancellation);
        if (payload is null)
        {
            _rest = _restBefore;
            _ahead.Clear();
            _isEnd = false;
            return null;
        }

        return header.Open(payload, isWanted);
    }
}
