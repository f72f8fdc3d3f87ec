using System.Diagnostics;
using Flatnet.LogBench.Load;
using Npgsql;
using NpgsqlTypes;

namespace Flatnet.LogBench.Scenarios;

/// <summary>The least that a program does which stores lines as rows in PostgreSQL: COPY in binary, a commit for each batch.</summary>
internal static class BareCopy
{
    /// <summary>Rows a second.</summary>
    public static double Run(string connectionString, long lines, int batch)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using (var setup = new NpgsqlCommand(
            """
            DROP TABLE IF EXISTS bare_line;
            CREATE TABLE bare_line (
                task text NOT NULL, seq bigint NOT NULL, timestamp bigint NOT NULL, source smallint NOT NULL, level smallint NOT NULL,
                message text NOT NULL, line_number bigint, stream text, sequence bigint, PRIMARY KEY (task, seq));
            """,
            connection))
        {
            setup.ExecuteNonQuery();
        }

        string[] messages = [.. Enumerable.Range(0, 100_000).Select(number => SampleLines.Message(number))];
        long begin = Stopwatch.GetTimestamp();
        for (long done = 0; done < lines;)
        {
            using NpgsqlBinaryImporter copy = connection.BeginBinaryImport("COPY bare_line FROM STDIN (FORMAT BINARY)");
            long end = Math.Min(lines, done + batch);
            for (; done < end; done++)
            {
                copy.StartRow();
                copy.Write("task-" + (done % 4), NpgsqlDbType.Text);
                copy.Write(done / 4, NpgsqlDbType.Bigint);
                copy.Write(1_790_000_000_000_000_000 + (done * 1_000_000), NpgsqlDbType.Bigint);
                copy.Write((short)1, NpgsqlDbType.Smallint);
                copy.Write((short)3, NpgsqlDbType.Smallint);
                copy.Write(messages[done % messages.Length], NpgsqlDbType.Text);
                copy.Write(done, NpgsqlDbType.Bigint);
                copy.Write("bench-agent", NpgsqlDbType.Text);
                copy.Write(done, NpgsqlDbType.Bigint);
            }

            copy.Complete();
        }

        return lines / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }
}
