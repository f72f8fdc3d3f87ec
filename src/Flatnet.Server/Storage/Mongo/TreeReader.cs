using System.Collections.Immutable;
using System.Text;
using Flatnet.Server.Storage.Blocks;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Flatnet.Server.Storage.Mongo;

/// <summary>Reads trees and what hangs on them.</summary>
internal sealed class TreeReader(MongoConnection connection)
{
    /// <summary>Documents of tasks, those that there are.</summary>
    public Task<List<TaskRoot>> FindRootsAsync(FilterDefinition<BsonDocument> filter, CancellationToken cancellation) => connection.RetryAsync(
        "read",
        async () => (await connection.Tasks.Find(filter).ToListAsync(cancellation).ConfigureAwait(false)).ConvertAll(TreeDocuments.Root),
        cancellation);

    /// <summary>Reads from a task's tree, from the next one if it is replaced meanwhile.</summary>
    /// <returns>What was read; the default if there is no task.</returns>
    public async Task<T?> ReadAsync<T>(string taskId, Func<TaskTree, Task<T>> read, CancellationToken cancellation)
    {
        for (long last = TaskRoot.None; ;)
        {
            if (await FindRootsAsync(Builders<BsonDocument>.Filter.Eq("_id", taskId), cancellation).ConfigureAwait(false) is not [{ Now: { } tree } root])
            {
                return default;
            }

            try
            {
                return await read(tree).ConfigureAwait(false);
            }
            catch (MissingPartException) when (root.Revision != last)
            {
                last = root.Revision;
            }
            catch (MissingPartException missing)
            {
                throw Damaged(taskId, missing);
            }
        }
    }

    /// <summary>A part; null if it is not there (any more).</summary>
    public Task<byte[]?> FindPartAsync(long number, CancellationToken cancellation) => connection.RetryAsync(
        "read",
        async () => (await connection.Parts.Find(Builders<BsonDocument>.Filter.Eq("_id", number)).FirstOrDefaultAsync(cancellation).ConfigureAwait(false))
            ?["content"].AsByteArray,
        cancellation);

    /// <exception cref="MissingPartException">It is not there.</exception>
    public async Task<byte[]> ReadPartAsync(long number, CancellationToken cancellation) =>
        await FindPartAsync(number, cancellation).ConfigureAwait(false) ?? throw new MissingPartException(number);

    public async Task<TaskRecord> ReadRecordAsync(TaskTree tree, CancellationToken cancellation) => tree.Script == 0
        ? tree.State.Record
        : tree.State.Record with { Script = Encoding.UTF8.GetString(await ReadPartAsync(tree.Script, cancellation).ConfigureAwait(false)) };

    public async Task<ImmutableArray<BlockHeader>> ReadPageAsync(string taskId, TreePage page, CancellationToken cancellation)
    {
        byte[] content = await ReadPartAsync(page.Part, cancellation).ConfigureAwait(false);
        return Decode(taskId, () => TreeCodec.ReadHeaders(taskId, content));
    }

    /// <summary>See <see cref="IBlockDatabase.ReadHeadersAsync"/>.</summary>
    public async Task<IReadOnlyList<BlockHeader>> ReadHeadersAsync(TaskTree tree, BlockRange range, int limit, CancellationToken cancellation)
    {
        var found = new List<BlockHeader>();
        if (range.Descending)
        {
            Take(tree.Tail.Reverse());
        }

        foreach (TreePage page in range.Descending ? tree.Pages.Reverse() : tree.Pages)
        {
            if (found.Count < limit && page.LastSeq > range.AfterSeq && page.FirstSeq <= range.UpToSeq)
            {
                ImmutableArray<BlockHeader> headers = await ReadPageAsync(range.TaskId, page, cancellation).ConfigureAwait(false);
                Take(range.Descending ? headers.Reverse() : headers);
            }
        }

        if (!range.Descending)
        {
            Take(tree.Tail);
        }

        return found;

        void Take(IEnumerable<BlockHeader> headers) => found.AddRange(
            headers.Where(header => header.LastSeq > range.AfterSeq && header.FirstSeq <= range.UpToSeq).Take(limit - found.Count));
    }

    /// <summary>See <see cref="IBlockDatabase.ReadStreamsAsync"/>.</summary>
    public async Task<IReadOnlyList<StreamState>> ReadStreamsAsync(TaskTree tree, IReadOnlyList<string> streamIds, CancellationToken cancellation)
    {
        var wanted = new HashSet<string>(streamIds, StringComparer.Ordinal);
        var found = new List<StreamState>();
        Take(tree.Streams);
        for (int index = tree.StreamPages.Length - 1; index >= 0 && wanted.Count > 0; index--)
        {
            byte[] content = await ReadPartAsync(tree.StreamPages[index], cancellation).ConfigureAwait(false);
            string taskId = tree.State.Record.Id;
            Take(Decode(taskId, () => TreeCodec.ReadStreams(taskId, content)));
        }

        return found;

        void Take(ImmutableArray<StreamState> streams) => found.AddRange(streams.Where(stream => wanted.Remove(stream.StreamId)));
    }

    public StoreException Damaged(string taskId, Exception damage) => new(
        $"Cannot read task {taskId} in MongoDB on {connection.Server}: it is damaged, {damage.Message.TrimEnd('.')}. Restore it from a copy.", inner: damage);

    private T Decode<T>(string taskId, Func<T> decode)
    {
        try
        {
            return decode();
        }
        catch (BlockFormatException damage)
        {
            throw Damaged(taskId, damage);
        }
    }
}
