using Microsoft.Data.Sqlite;

namespace Flatnet.Server.Storage.Sqlite;

/// <summary>Opens connections, and sets them up.</summary>
internal static class SqliteConnections
{
    /// <summary>How long one of several processes waits for another one's transaction.</summary>
    private const int BusySeconds = 20;

    public static SqliteConnection OpenWriter(string path, Durability durability) => Open(
        path,
        SqliteOpenMode.ReadWrite,
        // Only counts for a database without tables; deleted lines then give their room back.
        "PRAGMA auto_vacuum = INCREMENTAL",
        "PRAGMA journal_mode = WAL",
        $"PRAGMA synchronous = {(durability == Durability.Fsync ? "FULL" : "OFF")}",
        // A checkpoint writes a page once, however often it changed: fewer checkpoints, fewer writes. 4096 pages are 16 MiB.
        "PRAGMA wal_autocheckpoint = 4096",
        "PRAGMA journal_size_limit = 67108864",
        "PRAGMA cache_size = -16384");

    public static SqliteConnection OpenReader(string path) => Open(path, SqliteOpenMode.ReadOnly, "PRAGMA query_only = ON");

    private static SqliteConnection Open(string path, SqliteOpenMode mode, params ReadOnlySpan<string> pragmas)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ToString());
        try
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"PRAGMA busy_timeout = {BusySeconds * 1000}";
            command.ExecuteNonQuery();
            foreach (string pragma in pragmas)
            {
                command.CommandText = pragma;
                command.ExecuteNonQuery();
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
