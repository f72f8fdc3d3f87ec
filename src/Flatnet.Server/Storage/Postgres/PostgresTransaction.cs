using Flatnet.Server.Storage.Blocks;
using Npgsql;
using NpgsqlTypes;

namespace Flatnet.Server.Storage.Postgres;

/// <summary>A transaction that holds its tasks' rows.</summary>
internal sealed class PostgresTransaction(PostgresConnections connections, PostgresWriter writer) : IBlockTransaction
{
    private readonly HashSet<string> _existing = new(StringComparer.Ordinal);
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;

    public Task<IReadOnlyList<TaskState>> LockTasksAsync(IReadOnlyList<string> taskIds, CancellationToken cancellation) => connections.RetryAsync(
        "lock tasks",
        async () =>
        {
            await CloseAsync().ConfigureAwait(false);
            _connection = await connections.OpenAsync(cancellation).ConfigureAwait(false);
            _transaction = await _connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
            return await LockAsync(_connection, taskIds, cancellation).ConfigureAwait(false);
        },
        cancellation);

    public Task<bool> CommitAsync(BlockChanges changes, CancellationToken cancellation) =>
        writer.CommitAsync(_connection!, _transaction!, changes, _existing, cancellation);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        connections.Transactions.Release();
    }

    /// <summary>In order, so that two transactions never wait for each other.</summary>
    private async Task<IReadOnlyList<TaskState>> LockAsync(NpgsqlConnection connection, IReadOnlyList<string> taskIds, CancellationToken cancellation)
    {
        _existing.Clear();
        var tasks = new List<TaskState>();
        await using var command = new NpgsqlCommand($"SELECT {PostgresRows.TaskColumns} FROM task WHERE id = ANY ($1) ORDER BY id FOR UPDATE", connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. taskIds], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            tasks.Add(PostgresRows.Task(reader));
            _existing.Add(tasks[^1].Record.Id);
        }

        return tasks;
    }

    private async Task CloseAsync()
    {
        if (_transaction is not null)
        {
            await _transaction.DisposeAsync().ConfigureAwait(false);
            _transaction = null;
        }

        if (_connection is not null)
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
            _connection = null;
        }
    }
}
