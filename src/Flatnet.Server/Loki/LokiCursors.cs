using Flatnet.Server.Storage;
using Microsoft.Data.Sqlite;

namespace Flatnet.Server.Loki;

/// <summary>
/// How far each task was sent to Loki, in a small SQLite file that survives restarts. After a crash of the machine a cursor may be a little
/// old: those lines are sent again just as before, and Loki keeps one of each.
/// </summary>
internal sealed class LokiCursors : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _get;
    private readonly SqliteCommand _set;

    /// <summary>Opens the file, or makes it.</summary>
    /// <exception cref="SqliteException">It cannot be used.</exception>
    public LokiCursors(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        using SqliteCommand setup = Command(
            """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = NORMAL;
            CREATE TABLE IF NOT EXISTS cursor (task TEXT PRIMARY KEY, created INTEGER NOT NULL, seq INTEGER NOT NULL) WITHOUT ROWID;
            """);
        setup.ExecuteNonQuery();
        _get = Command("SELECT seq FROM cursor WHERE task = $task AND created = $created", "$task", "$created");
        _set = Command("INSERT OR REPLACE INTO cursor VALUES ($task, $created, $seq)", "$task", "$created", "$seq");
    }

    /// <summary>The last seq that needs no more sending; 0 for none. A task that was deleted and made again begins anew.</summary>
    public long Get(TaskRecord task)
    {
        _get.Parameters[0].Value = task.Id;
        _get.Parameters[1].Value = task.CreatedAt;
        return (long?)_get.ExecuteScalar() ?? 0;
    }

    public void Set(TaskRecord task, long seq)
    {
        _set.Parameters[0].Value = task.Id;
        _set.Parameters[1].Value = task.CreatedAt;
        _set.Parameters[2].Value = seq;
        _set.ExecuteNonQuery();
    }

    /// <summary>Forgets all tasks but these.</summary>
    public void Keep(IReadOnlySet<string> tasks)
    {
        var gone = new List<string>();
        using (SqliteCommand all = Command("SELECT task FROM cursor"))
        using (SqliteDataReader reader = all.ExecuteReader())
        {
            while (reader.Read())
            {
                if (!tasks.Contains(reader.GetString(0)))
                {
                    gone.Add(reader.GetString(0));
                }
            }
        }

        using SqliteCommand forget = Command("DELETE FROM cursor WHERE task = $task", "$task");
        foreach (string task in gone)
        {
            forget.Parameters[0].Value = task;
            forget.ExecuteNonQuery();
        }
    }

    public void Dispose()
    {
        _get.Dispose();
        _set.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Command(string sql, params string[] parameters)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (string parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter(parameter, null));
        }

        return command;
    }
}
