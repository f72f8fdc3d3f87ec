using Flatnet.Server.Storage.Blocks;
using Microsoft.Data.Sqlite;

namespace Flatnet.Server.Storage.Sqlite;

/// <summary>The connection that writes; one transaction at a time.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly List<SqliteStatement> _statements = [];
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly SqliteStatement _task;
    private readonly SqliteStatement _saveTask;
    private readonly SqliteStatement _saveScript;
    private readonly SqliteStatement _saveStream;
    private readonly SqliteStatement _insertBlock;
    private readonly SqliteStatement _deleteBlock;
    private readonly SqliteStatement _deleteTask;
    private readonly SqliteStatement _deleteScript;
    private readonly SqliteStatement _deleteStreams;

    public SqliteWriter(SqliteConnection connection)
    {
        _connection = connection;
        _begin = Prepare("BEGIN IMMEDIATE", 0);
        _commit = Prepare("COMMIT", 0);
        _rollback = Prepare("ROLLBACK", 0);
        _task = Prepare($"SELECT {SqliteRows.TaskColumns} FROM tasks WHERE id = $1", 1);
        _saveTask = Prepare(
            $"REPLACE INTO tasks ({SqliteRows.TaskColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
            17);
        _saveScript = Prepare("REPLACE INTO scripts (task, document) VALUES ($1, $2)", 2);
        _saveStream = Prepare("REPLACE INTO streams (task, id, last_sequence, holes) VALUES ($1, $2, $3, $4)", 4);
        _insertBlock = Prepare(
            $"INSERT INTO blocks ({SqliteRows.HeaderColumns}, payload) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", 10);
        _deleteBlock = Prepare("DELETE FROM blocks WHERE task = $1 AND first_seq = $2", 2);
        _deleteTask = Prepare("DELETE FROM tasks WHERE id = $1", 1);
        _deleteScript = Prepare("DELETE FROM scripts WHERE task = $1", 1);
        _deleteStreams = Prepare("DELETE FROM streams WHERE task = $1", 1);
    }

    public void Begin() => _begin.Execute();

    public TaskState? FindTask(string taskId)
    {
        using SqliteDataReader rows = _task.Query(taskId);
        return rows.Read() ? SqliteRows.ReadTask(rows) : null;
    }

    public void Commit(BlockChanges changes)
    {
        foreach (BlockHeader block in changes.DeletedBlocks)
        {
            _deleteBlock.Execute(block.TaskId, block.FirstSeq);
        }

        foreach (Block block in changes.NewBlocks)
        {
            Insert(block);
        }

        foreach (StreamState stream in changes.Streams)
        {
            _saveStream.Execute(stream.TaskId, stream.StreamId, stream.LastSequence, RowCodec.WriteHoles(stream.Holes));
        }

        foreach (TaskState task in changes.Tasks)
        {
            Save(task);
        }

        foreach (string taskId in changes.DeletedTasks)
        {
            _deleteTask.Execute(taskId);
            _deleteScript.Execute(taskId);
            _deleteStreams.Execute(taskId);
        }

        _commit.Execute();
    }

    /// <summary>Ends the transaction, if SQLite has not done so itself upon an error.</summary>
    public void Rollback()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            _rollback.Execute();
        }
    }

    /// <summary>Shortens the file by so many of its free pages.</summary>
    public void Vacuum(int pages)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = $"PRAGMA incremental_vacuum({pages})";
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _statements.ForEach(static statement => statement.Dispose());
        _connection.Dispose();
    }

    private SqliteStatement Prepare(string sql, int parameters)
    {
        var statement = new SqliteStatement(_connection, sql, parameters);
        _statements.Add(statement);
        return statement;
    }

    private void Insert(Block block)
    {
        (BlockHeader header, byte[] payload) = block;
        TaskStatistics sum = header.Statistics;
        _insertBlock.Execute(
            header.TaskId, header.FirstSeq, header.LastSeq, header.Size, sum.Count, sum.Bytes, RowCodec.WriteCounts(sum), sum.Earliest, sum.Latest, payload);
    }

    private void Save(TaskState state)
    {
        (TaskRecord task, long version, long looseFrom, int looseBlocks) = state;
        TaskStatistics sum = task.Statistics;
        _saveTask.Execute(
            task.Id, version, (int)task.Status, task.ExitCode, task.CreatedAt, task.UpdatedAt, task.EndedAt, task.Retention?.Ticks, task.FirstSeq,
            task.LastSeq, sum.Count, sum.Bytes, RowCodec.WriteCounts(sum), sum.Earliest, sum.Latest, looseFrom, looseBlocks);
        if (task.Script is { } script)
        {
            _saveScript.Execute(task.Id, script);
        }
    }
}
