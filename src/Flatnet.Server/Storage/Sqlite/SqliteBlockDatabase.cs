using System.Collections.Concurrent;
using Flatnet.Server.Storage.Blocks;
using Microsoft.Data.Sqlite;

namespace Flatnet.Server.Storage.Sqlite;

/// <summary>
/// Blocks in an SQLite file, in WAL mode: one connection writes, and others read at the same time what is committed. SQLite has no
/// asynchronous calls, so the methods are done when they return.
/// </summary>
internal sealed class SqliteBlockDatabase(string path, Durability durability) : IBlockDatabase
{
    /// <summary>Readers that are kept for the next call.</summary>
    private const int IdleReaders = 8;

    /// <summary>Pages that are given back to the disk at a time.</summary>
    private const int PagesAtOnce = 512;

    private readonly ConcurrentBag<SqliteReader> _readers = [];
    private readonly SemaphoreSlim _writing = new(1);
    private SqliteWriter? _writer;

    public Task OpenAsync(CancellationToken cancellation)
    {
        SqliteFile.Prepare(path);
        Try("open", () =>
        {
            SqliteConnection connection = SqliteConnections.OpenWriter(path, durability);
            SqliteSchema.Update(connection);
            _writer = new SqliteWriter(connection);
        });
        return Task.CompletedTask;
    }

    public async Task<IBlockTransaction> BeginAsync(CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            SqliteWriter writer = _writer ?? throw new StoreException($"Cannot write to the database {path}: it is not open.");
            Try("write to", writer.Begin);
            return new SqliteChange(this, writer);
        }
        catch
        {
            _writing.Release();
            throw;
        }
    }

    public Task<TaskRecord?> FindTaskAsync(string taskId, CancellationToken cancellation) =>
        Read(reader => reader.FindTask(taskId), cancellation);

    public Task<IReadOnlyList<TaskRecord>> ListTasksAsync(long before, int limit, CancellationToken cancellation) =>
        Read<IReadOnlyList<TaskRecord>>(reader => reader.ListTasks(before, limit), cancellation);

    public Task<IReadOnlyList<StreamState>> ReadStreamsAsync(string taskId, IReadOnlyList<string> streamIds, CancellationToken cancellation) =>
        Read<IReadOnlyList<StreamState>>(reader => reader.ReadStreams(taskId, streamIds), cancellation);

    public Task<IReadOnlyList<BlockHeader>> ReadHeadersAsync(BlockRange range, int limit, CancellationToken cancellation) =>
        Read<IReadOnlyList<BlockHeader>>(reader => reader.ReadHeaders(range, limit), cancellation);

    public Task<byte[]?> ReadPayloadAsync(BlockHeader header, CancellationToken cancellation) =>
        Read(reader => reader.ReadPayload(header), cancellation);

    public async Task ReclaimAsync(CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            Try("shorten", () => _writer?.Vacuum(PagesAtOnce));
        }
        finally
        {
            _writing.Release();
        }
    }

    public Task<long> GetSizeAsync(CancellationToken cancellation) => Task.FromResult(SqliteFile.Size(path));

    /// <summary>Servers that share a file do not tell each other; there is no way without asking all the time.</summary>
    public Task WatchOtherServersAsync(Func<Commit, Task> onCommit, CancellationToken cancellation) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync();
        while (_readers.TryTake(out SqliteReader? reader))
        {
            reader.Dispose();
        }

        _writer?.Dispose();
        _writer = null;
        _writing.Release();
    }

    /// <summary>Ends a change, whatever became of it.</summary>
    public void End(SqliteWriter writer)
    {
        try
        {
            Try("write to", writer.Rollback);
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Try(string tried, Action action) => Try(tried, () =>
    {
        action();
        return true;
    });

    public T Try<T>(string tried, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Describe(error, path, tried);
        }
        catch (BlockFormatException damage)
        {
            throw new StoreException($"Cannot {tried} the database {path}: a row in it is damaged, {damage.Message}. Restore it from a copy.", inner: damage);
        }
    }

    private Task<T> Read<T>(Func<SqliteReader, T> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(Try("read", () =>
        {
            if (!_readers.TryTake(out SqliteReader? reader))
            {
                reader = new SqliteReader(SqliteConnections.OpenReader(path));
            }

            try
            {
                return read(reader);
            }
            finally
            {
                Keep(reader);
            }
        }));
    }

    private void Keep(SqliteReader reader)
    {
        if (_writer is null || _readers.Count >= IdleReaders)
        {
            reader.Dispose();
        }
        else
        {
            _readers.Add(reader);
        }
    }
}
