using Flatnet.Server.Storage.Blocks;
using Microsoft.Data.Sqlite;

namespace Flatnet.Server.Storage.Sqlite;

/// <summary>A connection that only reads. Each method sees what is committed when it is called; one call at a time.</summary>
internal sealed class SqliteReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _task;
    private readonly SqliteStatement _tasks;
    private readonly SqliteStatement _stream;
    private readonly SqliteStatement _ascending;
    private readonly SqliteStatement _descending;
    private readonly SqliteStatement _payload;

    public SqliteReader(SqliteConnection connection)
    {
        _connection = connection;
        _task = new(connection, $"SELECT {SqliteRows.TaskColumns}, document FROM tasks LEFT JOIN scripts ON task = id WHERE id = $1", 1);
        _tasks = new(connection, $"SELECT {SqliteRows.TaskColumns} FROM tasks WHERE updated_at < $1 ORDER BY updated_at DESC LIMIT $2", 2);
        _stream = new(connection, "SELECT id, last_sequence, holes FROM streams WHERE task = $1 AND id = $2", 2);
        _ascending = new(
            connection,
            $"""
            SELECT {SqliteRows.HeaderColumns} FROM blocks WHERE task = $1 AND first_seq <= $3
            AND first_seq >= coalesce((SELECT max(first_seq) FROM blocks WHERE task = $1 AND first_seq <= $2 + 1), 0)
            ORDER BY first_seq LIMIT $4
            """,
            4);
        _descending = new(
            connection,
            $"SELECT {SqliteRows.HeaderColumns} FROM blocks WHERE task = $1 AND first_seq <= $3 AND last_seq > $2 ORDER BY first_seq DESC LIMIT $4",
            4);
        _payload = new(connection, "SELECT payload FROM blocks WHERE task = $1 AND first_seq = $2 AND last_seq = $3", 3);
    }

    public TaskRecord? FindTask(string taskId)
    {
        using SqliteDataReader rows = _task.Query(taskId);
        return rows.Read() ? SqliteRows.ReadTask(rows, rows.IsDBNull(17) ? null : rows.GetString(17)).Record : null;
    }

    public List<TaskRecord> ListTasks(long before, int limit)
    {
        using SqliteDataReader rows = _tasks.Query(before, limit);
        var tasks = new List<TaskRecord>();
        while (rows.Read())
        {
            tasks.Add(SqliteRows.ReadTask(rows).Record);
        }

        return tasks;
    }

    public List<StreamState> ReadStreams(string taskId, IReadOnlyList<string> streamIds)
    {
        var streams = new List<StreamState>();
        foreach (string streamId in streamIds)
        {
            using SqliteDataReader rows = _stream.Query(taskId, streamId);
            if (rows.Read())
            {
                streams.Add(SqliteRows.ReadStream(taskId, rows));
            }
        }

        return streams;
    }

    public List<BlockHeader> ReadHeaders(BlockRange range, int limit)
    {
        SqliteStatement statement = range.Descending ? _descending : _ascending;
        using SqliteDataReader rows = statement.Query(range.TaskId, range.AfterSeq, range.UpToSeq, limit);
        var headers = new List<BlockHeader>();
        while (rows.Read())
        {
            headers.Add(SqliteRows.ReadHeader(rows));
        }

        return headers;
    }

    public byte[]? ReadPayload(BlockHeader header)
    {
        using SqliteDataReader rows = _payload.Query(header.TaskId, header.FirstSeq, header.LastSeq);
        return rows.Read() ? rows.GetFieldValue<byte[]>(0) : null;
    }

    public void Dispose()
    {
        foreach (SqliteStatement statement in (ReadOnlySpan<SqliteStatement>)[_task, _tasks, _stream, _ascending, _descending, _payload])
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }
}
