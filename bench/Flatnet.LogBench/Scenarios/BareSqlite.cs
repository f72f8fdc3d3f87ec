using System.Diagnostics;
using Flatnet.LogBench.Load;
using Microsoft.Data.Sqlite;

namespace Flatnet.LogBench.Scenarios;

/// <summary>The least that a program does which stores lines as rows: one prepared insert, in batches, write-ahead log, each batch synced.</summary>
internal static class BareSqlite
{
    /// <summary>Rows a second.</summary>
    public static double Run(string directory, long lines, int batch)
    {
        using SqliteConnection connection = Open(directory);
        using SqliteCommand insert = Insert(connection);
        string[] messages = [.. Enumerable.Range(0, 100_000).Select(number => SampleLines.Message(number))];
        long begin = Stopwatch.GetTimestamp();
        for (long done = 0; done < lines;)
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            long end = Math.Min(lines, done + batch);
            for (; done < end; done++)
            {
                Add(insert, done, messages[done % messages.Length]);
            }

            transaction.Commit();
        }

        return lines / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    /// <summary>A new database as it is good for a log.</summary>
    public static SqliteConnection Open(string directory)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory, "bare.db"), Pooling = false }.ToString());
        connection.Open();
        using SqliteCommand setup = connection.CreateCommand();
        setup.CommandText = """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            CREATE TABLE line (
                task TEXT NOT NULL, seq INTEGER NOT NULL, timestamp INTEGER NOT NULL, source INTEGER NOT NULL, level INTEGER NOT NULL,
                message TEXT NOT NULL, line_number INTEGER, stream TEXT, sequence INTEGER, PRIMARY KEY (task, seq)) WITHOUT ROWID;
            """;
        setup.ExecuteNonQuery();
        return connection;
    }

    /// <summary>The insert of a row.</summary>
    public static SqliteCommand Insert(SqliteConnection connection)
    {
        SqliteCommand insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO line VALUES ($task, $seq, $timestamp, $source, $level, $message, $number, $stream, $sequence)";
        foreach (string name in new[] { "$task", "$seq", "$timestamp", "$source", "$level", "$message", "$number", "$stream", "$sequence" })
        {
            insert.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        insert.Prepare();
        return insert;
    }

    /// <summary>Inserts a row; in a commit of its own if none is open.</summary>
    public static void Add(SqliteCommand insert, long number, string message)
    {
        SqliteParameterCollection values = insert.Parameters;
        values[0].Value = "task-" + (number % 4);
        values[1].Value = number / 4;
        values[2].Value = 1_790_000_000_000_000_000 + (number * 1_000_000);
        values[3].Value = 1;
        values[4].Value = 3;
        values[5].Value = message;
        values[6].Value = number;
        values[7].Value = "bench-agent";
        values[8].Value = number;
        insert.ExecuteNonQuery();
    }
}
