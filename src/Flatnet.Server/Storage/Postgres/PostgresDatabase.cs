using System.Text;
using Flatnet.Server.Storage.Blocks;
using Npgsql;
using NpgsqlTypes;

namespace Flatnet.Server.Storage.Postgres;

/// <summary>Tasks, streams and blocks in PostgreSQL. Several servers may use the same schema.</summary>
internal sealed class PostgresDatabase : IBlockDatabase
{
    private const long TidyMilliseconds = 3_600_000;

    private readonly PostgresOptions _options;
    private readonly PostgresConnections _connections;
    private readonly PostgresListener _listener;
    private readonly PostgresWriter _writer;
    private long _tidyDue;

    public PostgresDatabase(PostgresOptions options)
    {
        _options = options;
        _connections = new PostgresConnections(options);
        _listener = new PostgresListener(_connections, options.Schema);
        _writer = new PostgresWriter(_connections, _listener);
    }

    public async Task OpenAsync(CancellationToken cancellation)
    {
        await _connections.ReadAsync(
            "create the tables",
            async connection =>
            {
                await PostgresSchema.MigrateAsync(connection, _options.Schema, cancellation).ConfigureAwait(false);
                await PostgresPartitions.CreateAsync(connection, cancellation).ConfigureAwait(false);
                return true;
            },
            cancellation).ConfigureAwait(false);
        await _listener.OpenAsync(cancellation).ConfigureAwait(false);
    }

    public async Task<IBlockTransaction> BeginAsync(CancellationToken cancellation)
    {
        await _connections.Transactions.WaitAsync(cancellation).ConfigureAwait(false);
        return new PostgresTransaction(_connections, _writer);
    }

    public async Task<TaskRecord?> FindTaskAsync(string taskId, CancellationToken cancellation)
    {
        List<TaskRecord> tasks = await ReadAsync(
            $"SELECT {PostgresRows.TaskColumns}, script FROM task WHERE id = $1",
            static row => PostgresRows.Task(row).Record with { Script = row.IsDBNull(row.FieldCount - 1) ? null : row.GetString(row.FieldCount - 1) },
            cancellation,
            Text(taskId)).ConfigureAwait(false);
        return tasks.FirstOrDefault();
    }

    public async Task<IReadOnlyList<TaskRecord>> ListTasksAsync(long before, int limit, CancellationToken cancellation) => await ReadAsync(
        $"SELECT {PostgresRows.TaskColumns} FROM task WHERE updated_at < $1 ORDER BY updated_at DESC LIMIT $2",
        static row => PostgresRows.Task(row).Record,
        cancellation,
        Number(before), Number(limit)).ConfigureAwait(false);

    public async Task<IReadOnlyList<StreamState>> ReadStreamsAsync(string taskId, IReadOnlyList<string> streamIds, CancellationToken cancellation) =>
        await ReadAsync(
            "SELECT stream, last_sequence, holes FROM stream WHERE task = $1 AND stream = ANY ($2)",
            row =>
            {
                long[] holes = row.GetFieldValue<long[]>(2);
                return new StreamState(
                    taskId,
                    Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(0)),
                    row.GetInt64(1),
                    [.. Enumerable.Range(0, holes.Length / 2).Select(index => (holes[2 * index], holes[(2 * index) + 1]))]);
            },
            cancellation,
            Text(taskId),
            new NpgsqlParameter<byte[][]> { TypedValue = [.. streamIds.Select(Encoding.UTF8.GetBytes)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea })
            .ConfigureAwait(false);

    public async Task<IReadOnlyList<BlockHeader>> ReadHeadersAsync(BlockRange range, int limit, CancellationToken cancellation) => await ReadAsync(
        // From the block that the range begins in, so that the index alone finds both ends.
        $"""
        SELECT {PostgresRows.HeaderColumns} FROM block
        WHERE task = $1 AND first_seq <= $3
          AND first_seq >= coalesce((SELECT max(first_seq) FROM block WHERE task = $1 AND first_seq <= $2), 0)
        ORDER BY first_seq {(range.Descending ? "DESC" : "ASC")} LIMIT $4
        """,
        row => PostgresRows.Header(row, range.TaskId),
        cancellation,
        Text(range.TaskId), Number(range.AfterSeq == long.MaxValue ? long.MaxValue : range.AfterSeq + 1), Number(range.UpToSeq), Number(limit))
        .ConfigureAwait(false);

    public async Task<byte[]?> ReadPayloadAsync(BlockHeader header, CancellationToken cancellation)
    {
        List<byte[]> payloads = await ReadAsync(
            "SELECT payload FROM block WHERE task = $1 AND first_seq = $2 AND last_seq = $3",
            static row => row.GetFieldValue<byte[]>(0),
            cancellation,
            Text(header.TaskId), Number(header.FirstSeq), Number(header.LastSeq)).ConfigureAwait(false);
        return payloads.FirstOrDefault();
    }

    /// <summary>PostgreSQL reuses space by itself. Once in a while the months that are empty go, and those ahead are made.</summary>
    public async Task ReclaimAsync(CancellationToken cancellation)
    {
        long now = Environment.TickCount64;
        long due = Volatile.Read(ref _tidyDue);
        if (now < due || Interlocked.CompareExchange(ref _tidyDue, now + TidyMilliseconds, due) != due)
        {
            return;
        }

        await _connections.ReadAsync(
            "tidy the partitions",
            async connection =>
            {
                await PostgresPartitions.CreateAsync(connection, cancellation).ConfigureAwait(false);
                await PostgresPartitions.DropEmptyAsync(connection, cancellation).ConfigureAwait(false);
                return true;
            },
            cancellation).ConfigureAwait(false);
    }

    public async Task<long> GetSizeAsync(CancellationToken cancellation)
    {
        List<long> sizes = await ReadAsync(
            """
            SELECT coalesce(sum(pg_total_relation_size(pg_class.oid)), 0)::bigint FROM pg_class
            JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = $1 AND relkind = 'r'
            """,
            static row => row.GetInt64(0),
            cancellation,
            Text(_options.Schema)).ConfigureAwait(false);
        return sizes[0];
    }

    public Task WatchOtherServersAsync(Func<Commit, Task> onCommit, CancellationToken cancellation) => _listener.RunAsync(onCommit, cancellation);

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync().ConfigureAwait(false);
        await _connections.DisposeAsync().ConfigureAwait(false);
    }

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };

    private static NpgsqlParameter<long> Number(long value) => new() { TypedValue = value };

    private Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params NpgsqlParameter[] parameters) =>
        _connections.ReadAsync(
            "read",
            async connection =>
            {
                var rows = new List<T>();
                await using var command = new NpgsqlCommand(sql, connection);
                foreach (NpgsqlParameter parameter in parameters)
                {
                    // A parameter belongs to one command, and a read may be done again.
                    command.Parameters.Add(parameter.Clone());
                }

                await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    rows.Add(read(reader));
                }

                return rows;
            },
            cancellation);
}
