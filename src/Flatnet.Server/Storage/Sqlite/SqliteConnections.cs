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
        // A checkpoint holds up the commits behind it: often a little, 1 MiB, rather than seldom long. It costs no throughput.
        "PRAGMA wal_autocheckpoint = 256",
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
