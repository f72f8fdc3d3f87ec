using Microsoft.Data.Sqlite;

namespace Flatnet.Server.Storage.Sqlite;

/// <summary>The tables, and the steps that lead to them. A step that was released is never changed; a new one is added.</summary>
internal static class SqliteSchema
{
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE tasks (
            id TEXT NOT NULL PRIMARY KEY,
            version INTEGER NOT NULL,
            status INTEGER NOT NULL,
            exit_code INTEGER,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            ended_at INTEGER,
            retention INTEGER,
            first_seq INTEGER NOT NULL,
            last_seq INTEGER NOT NULL,
            lines INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            counts BLOB NOT NULL,
            earliest INTEGER,
            latest INTEGER,
            loose_from INTEGER NOT NULL,
            loose_blocks INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX tasks_by_update ON tasks (updated_at);
        -- Apart from the tasks, which are written with every commit.
        CREATE TABLE scripts (
            task TEXT NOT NULL PRIMARY KEY,
            document TEXT NOT NULL
        ) STRICT;
        CREATE TABLE streams (
            task TEXT NOT NULL,
            id TEXT NOT NULL,
            last_sequence INTEGER NOT NULL,
            holes BLOB NOT NULL,
            PRIMARY KEY (task, id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE blocks (
            task TEXT NOT NULL,
            first_seq INTEGER NOT NULL,
            last_seq INTEGER NOT NULL,
            size INTEGER NOT NULL,
            lines INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            counts BLOB NOT NULL,
            earliest INTEGER NOT NULL,
            latest INTEGER NOT NULL,
            payload BLOB NOT NULL,
            PRIMARY KEY (task, first_seq)
        ) STRICT;
        """,
    ];

    /// <summary>Takes the database to the newest step, in one transaction.</summary>
    public static void Update(SqliteConnection connection)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        long version = (long)Execute(connection, "PRAGMA user_version")!;
        if (version > Steps.Length)
        {
            throw new StoreException(
                $"Cannot open the database {connection.DataSource}: its layout is {version}, and this version of the server knows {Steps.Length}. "
                + "Use the newer server that made it.");
        }

        for (long step = version; step < Steps.Length; step++)
        {
            Execute(connection, Steps[step]);
        }

        Execute(connection, $"PRAGMA user_version = {Steps.Length}");
        transaction.Commit();
    }

    private static object? Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
