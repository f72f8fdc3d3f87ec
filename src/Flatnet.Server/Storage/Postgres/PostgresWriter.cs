using System.Diagnostics;
using System.Text;
using Flatnet.Server.Storage.Blocks;
using Npgsql;
using NpgsqlTypes;

namespace Flatnet.Server.Storage.Postgres;

/// <summary>Writes a transaction's changes and commits it, or finds out what became of it.</summary>
internal sealed class PostgresWriter(PostgresConnections connections, PostgresListener listener)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private long _brokenSince;

    /// <returns>False if nothing was stored, and it should be tried anew.</returns>
    public async Task<bool> CommitAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, BlockChanges changes, IReadOnlySet<string> existing, CancellationToken cancellation)
    {
        ulong id;
        try
        {
            await DeleteBlocksAsync(connection, changes, cancellation).ConfigureAwait(false);
            await CopyBlocksAsync(connection, changes, cancellation).ConfigureAwait(false);
            id = await WriteRowsAsync(connection, changes, existing, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (PostgresErrors.IsConflict(exception))
        {
            return false;
        }
        catch (Exception exception) when (PostgresErrors.IsPartitionMissing(exception) && MayTryAgain())
        {
            return await connections.ReadAsync("create partitions", CreatePartitionsAsync, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (PostgresErrors.IsConnectionLost(exception) && MayTryAgain())
        {
            // Not committed, so nothing of it is left.
            return false;
        }
        catch (Exception exception) when (PostgresErrors.IsFailure(exception))
        {
            throw PostgresErrors.ToStoreException("write", connections.Server, exception);
        }

        try
        {
            // Not to be given up from here on: what was cancelled might be stored.
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (PostgresErrors.IsFailure(exception))
        {
            return await WasCommittedAsync(id).ConfigureAwait(false);
        }

        Volatile.Write(ref _brokenSince, 0);
        return true;

        async Task<bool> CreatePartitionsAsync(NpgsqlConnection other)
        {
            await PostgresPartitions.CreateAsync(other, cancellation).ConfigureAwait(false);
            return false;
        }
    }

    /// <summary>Whether it is worth it: connections that break again and again, always while they write, are not the connections' fault.</summary>
    private bool MayTryAgain()
    {
        long now = Stopwatch.GetTimestamp();
        long since = Interlocked.CompareExchange(ref _brokenSince, now, 0);
        return since == 0 || Stopwatch.GetElapsedTime(since, now) < connections.Patience;
    }

    /// <summary>
    /// The connection broke while it committed: asks the database what became of the transaction, so that its lines are neither lost nor doubled.
    /// </summary>
    private async Task<bool> WasCommittedAsync(ulong id)
    {
        while (true)
        {
            switch (await connections.ReadAsync("learn the outcome of a commit", ReadStatusAsync, CancellationToken.None).ConfigureAwait(false))
            {
                case "committed":
                    return true;
                case "in progress":
                    // The server has not noticed yet that its client is gone.
                    await Task.Delay(Pause).ConfigureAwait(false);
                    break;
                default:
                    return false;
            }
        }

        async Task<string?> ReadStatusAsync(NpgsqlConnection connection)
        {
            await using var command = new NpgsqlCommand("SELECT pg_xact_status($1)", connection);
            command.Parameters.Add(new NpgsqlParameter<ulong> { TypedValue = id, NpgsqlDbType = NpgsqlDbType.Xid8 });
            try
            {
                return await command.ExecuteScalarAsync().ConfigureAwait(false) as string;
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidParameterValue)
            {
                // "In the future": the database crashed and has never heard of it.
                return null;
            }
        }
    }

    private static async Task DeleteBlocksAsync(NpgsqlConnection connection, BlockChanges changes, CancellationToken cancellation)
    {
        if (changes.DeletedBlocks.Count == 0)
        {
            return;
        }

        await using var batch = new NpgsqlBatch(connection);
        foreach (IGrouping<string, BlockHeader> task in changes.DeletedBlocks.GroupBy(static block => block.TaskId, StringComparer.Ordinal))
        {
            Add(batch, "DELETE FROM block WHERE task = $1 AND first_seq = ANY ($2)", Text(task.Key), Numbers([.. task.Select(static block => block.FirstSeq)]));
        }

        await batch.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    private static async Task CopyBlocksAsync(NpgsqlConnection connection, BlockChanges changes, CancellationToken cancellation)
    {
        if (changes.NewBlocks.Count == 0)
        {
            return;
        }

        await using NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync(
            $"COPY block (task, {PostgresRows.HeaderColumns}, payload) FROM STDIN (FORMAT BINARY)", cancellation).ConfigureAwait(false);
        foreach ((BlockHeader header, byte[] payload) in changes.NewBlocks)
        {
            await copy.StartRowAsync(cancellation).ConfigureAwait(false);
            await copy.WriteAsync(header.TaskId, NpgsqlDbType.Text, cancellation).ConfigureAwait(false);
            await copy.WriteAsync(header.FirstSeq, NpgsqlDbType.Bigint, cancellation).ConfigureAwait(false);
            await copy.WriteAsync(header.LastSeq, NpgsqlDbType.Bigint, cancellation).ConfigureAwait(false);
            await copy.WriteAsync(header.Size, NpgsqlDbType.Integer, cancellation).ConfigureAwait(false);
            await copy.WriteAsync(header.Statistics.Count, NpgsqlDbType.Bigint, cancellation).ConfigureAwait(false);
            await copy.WriteAsync(header.Statistics.Bytes, NpgsqlDbType.Bigint, cancellation).ConfigureAwait(false);
            await copy.WriteAsync(PostgresRows.Array(header.Statistics.Sources), NpgsqlDbType.Array | NpgsqlDbType.Bigint, cancellation).ConfigureAwait(false);
            await copy.WriteAsync(PostgresRows.Array(header.Statistics.Levels), NpgsqlDbType.Array | NpgsqlDbType.Bigint, cancellation).ConfigureAwait(false);
            await copy.WriteAsync(header.Statistics.Earliest!.Value, NpgsqlDbType.Bigint, cancellation).ConfigureAwait(false);
            await copy.WriteAsync(header.Statistics.Latest!.Value, NpgsqlDbType.Bigint, cancellation).ConfigureAwait(false);
            await copy.WriteAsync(payload, NpgsqlDbType.Bytea, cancellation).ConfigureAwait(false);
        }

        await copy.CompleteAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Everything but blocks, in one round trip.</summary>
    /// <returns>The transaction's number, by which its outcome can be asked for.</returns>
    private async Task<ulong> WriteRowsAsync(
        NpgsqlConnection connection, BlockChanges changes, IReadOnlySet<string> existing, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        Add(batch, "SELECT pg_current_xact_id()");
        foreach (StreamState stream in changes.Streams)
        {
            Add(
                batch,
                """
                INSERT INTO stream (task, stream, last_sequence, holes) VALUES ($1, $2, $3, $4)
                ON CONFLICT (task, stream) DO UPDATE SET last_sequence = excluded.last_sequence, holes = excluded.holes
                """,
                Text(stream.TaskId), Bytes(stream.StreamId), Number(stream.LastSequence), Numbers([.. stream.Holes.SelectMany(static hole => new[] { hole.First, hole.Last })]));
        }

        foreach (TaskState task in changes.Tasks)
        {
            AddTask(batch, task, existing.Contains(task.Record.Id));
        }

        foreach (string taskId in changes.DeletedTasks)
        {
            Add(batch, "DELETE FROM stream WHERE task = $1", Text(taskId));
            Add(batch, "DELETE FROM task WHERE id = $1", Text(taskId));
        }

        foreach (Commit commit in changes.Commits)
        {
            Add(batch, "SELECT pg_notify($1, $2)", Text(listener.ChannelName), Text(listener.Payload(commit)));
        }

        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await reader.ReadAsync(cancellation).ConfigureAwait(false);
        ulong id = reader.GetFieldValue<ulong>(0);
        while (await reader.NextResultAsync(cancellation).ConfigureAwait(false))
        {
            // Each throws what its statement failed of.
        }

        return id;
    }

    /// <summary>A task that was not there is inserted, and in conflict with another server that does the same.</summary>
    private static void AddTask(NpgsqlBatch batch, TaskState task, bool exists)
    {
        TaskRecord record = task.Record;
        Add(
            batch,
            exists
                ? """
                  UPDATE task SET (version, loose_from, loose_blocks, status, exit_code, created_at, updated_at, ended_at, retention,
                      first_seq, last_seq, count, bytes, sources, levels, earliest, latest, script)
                  = ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, coalesce($19, script)) WHERE id = $1
                  """
                : $"""
                  INSERT INTO task ({PostgresRows.TaskColumns}, script)
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
                  """,
            Text(record.Id), Number(task.Version), Number(task.LooseFrom),
            new NpgsqlParameter<int> { TypedValue = task.LooseBlocks },
            new NpgsqlParameter<short> { TypedValue = (short)record.Status },
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Integer, Value = record.ExitCode ?? (object)DBNull.Value },
            Number(record.CreatedAt), Number(record.UpdatedAt), Number(record.EndedAt), Number(record.Retention?.Ticks),
            Number(record.FirstSeq), Number(record.LastSeq), Number(record.Statistics.Count), Number(record.Statistics.Bytes),
            Numbers(PostgresRows.Array(record.Statistics.Sources)), Numbers(PostgresRows.Array(record.Statistics.Levels)),
            Number(record.Statistics.Earliest), Number(record.Statistics.Latest),
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = record.Script ?? (object)DBNull.Value });
    }

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (NpgsqlParameter parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        batch.BatchCommands.Add(command);
    }

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };

    private static NpgsqlParameter<byte[]> Bytes(string value) => new() { TypedValue = Encoding.UTF8.GetBytes(value) };

    private static NpgsqlParameter<long> Number(long value) => new() { TypedValue = value };

    private static NpgsqlParameter Number(long? value) => new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = value ?? (object)DBNull.Value };

    private static NpgsqlParameter<long[]> Numbers(long[] values) => new() { TypedValue = values };
}
