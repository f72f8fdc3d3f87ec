using System.Globalization;
using Npgsql;

namespace Flatnet.Server.Storage.Postgres;

/// <summary>
/// Blocks lie in a partition per month of their writing, by the database's clock. A month whose blocks are all deleted is dropped
/// whole, which gives its space back at once.
/// </summary>
internal static class PostgresPartitions
{
    private const int MonthsAhead = 3;

    /// <summary>Makes the partitions from last month, should the clock be set back, to the months ahead.</summary>
    public static async Task CreateAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);

        // IF NOT EXISTS does not help two servers that do this at once.
        await ExecuteAsync(connection, "SELECT pg_advisory_xact_lock(hashtextextended('flatnet:' || current_schema(), 0))", cancellation).ConfigureAwait(false);
        DateTime now = await NowAsync(connection, cancellation).ConfigureAwait(false);
        var first = new DateTime(now.Year, now.Month, 1);
        for (int offset = -1; offset <= MonthsAhead; offset++)
        {
            DateTime month = first.AddMonths(offset);
            await ExecuteAsync(
                connection,
                $"CREATE TABLE IF NOT EXISTS {Name(month)} PARTITION OF block FOR VALUES FROM ('{Day(month)}') TO ('{Day(month.AddMonths(1))}')",
                cancellation).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Drops the months before the last one that hold nothing any more, if nobody is in the way.</summary>
    public static async Task DropEmptyAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        DateTime now = await NowAsync(connection, cancellation).ConfigureAwait(false);
        string oldest = Name(now.AddMonths(-1));
        foreach (string name in await ListAsync(connection, cancellation).ConfigureAwait(false))
        {
            if (string.CompareOrdinal(name, oldest) >= 0
                || await ExecuteAsync(connection, $"SELECT 1 FROM {name} LIMIT 1", cancellation).ConfigureAwait(false) is not null)
            {
                continue;
            }

            // Nothing is written to a month that is over, so it stays empty.
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
            await ExecuteAsync(connection, "SET LOCAL lock_timeout = '200ms'", cancellation).ConfigureAwait(false);
            try
            {
                await ExecuteAsync(connection, $"DROP TABLE IF EXISTS {name}", cancellation).ConfigureAwait(false);
                await transaction.CommitAsync(cancellation).ConfigureAwait(false);
            }
            catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
                // The next time.
                return;
            }
        }
    }

    /// <summary>The partitions' names, the oldest first: <c>block_2026_11</c>. Only names of that form, for they become part of statements.</summary>
    private static async Task<List<string>> ListAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var names = new List<string>();
        await using var command = new NpgsqlCommand(
            """
            SELECT child.relname FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid
            WHERE inhparent = 'block'::regclass AND child.relname ~ '^block_\d{4}_\d\d$' ORDER BY child.relname
            """,
            connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private static async Task<DateTime> NowAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        (DateTime)(await ExecuteAsync(connection, "SELECT now() AT TIME ZONE 'UTC'", cancellation).ConfigureAwait(false))!;

    private static string Name(DateTime month) => string.Create(CultureInfo.InvariantCulture, $"block_{month:yyyy}_{month:MM}");

    private static string Day(DateTime day) => day.ToString("yyyy-MM-dd' 00:00:00+00'", CultureInfo.InvariantCulture);

    private static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
    }
}
