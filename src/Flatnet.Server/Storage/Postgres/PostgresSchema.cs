using System.Collections.Immutable;
using Npgsql;

namespace Flatnet.Server.Storage.Postgres;

/// <summary>
/// The tables, and how they came to be. A migration is never changed once it was released: what comes later is another one.
/// </summary>
internal static class PostgresSchema
{
    /// <summary>Statistics are arrays by source and level. Names of streams are bytes: they may hold a NUL, which text may not.</summary>
    private static readonly ImmutableArray<string> Migrations =
    [
        """
        CREATE TABLE task (
            id text COLLATE "C" PRIMARY KEY,
            version bigint NOT NULL,
            loose_from bigint NOT NULL,
            loose_blocks integer NOT NULL,
            status smallint NOT NULL,
            exit_code integer,
            created_at bigint NOT NULL,
            updated_at bigint NOT NULL,
            ended_at bigint,
            retention bigint,
            script text,
            first_seq bigint NOT NULL,
            last_seq bigint NOT NULL,
            count bigint NOT NULL,
            bytes bigint NOT NULL,
            sources bigint[] NOT NULL,
            levels bigint[] NOT NULL,
            earliest bigint,
            latest bigint
        );
        CREATE INDEX task_updated_at ON task (updated_at);
        CREATE TABLE stream (
            task text COLLATE "C" NOT NULL,
            stream bytea NOT NULL,
            last_sequence bigint NOT NULL,
            holes bigint[] NOT NULL,
            PRIMARY KEY (task, stream)
        );
        CREATE TABLE block (
            task text COLLATE "C" NOT NULL,
            first_seq bigint NOT NULL,
            last_seq bigint NOT NULL,
            size integer NOT NULL,
            count bigint NOT NULL,
            bytes bigint NOT NULL,
            sources bigint[] NOT NULL,
            levels bigint[] NOT NULL,
            earliest bigint NOT NULL,
            latest bigint NOT NULL,
            received timestamptz NOT NULL DEFAULT now(),
            payload bytea NOT NULL,
            PRIMARY KEY (task, first_seq, received)
        ) PARTITION BY RANGE (received);
        ALTER TABLE block ALTER COLUMN payload SET STORAGE EXTERNAL;
        """,
    ];

    /// <summary>Brings the schema up to date. Servers that start together wait for each other.</summary>
    /// <exception cref="StoreException">A newer program wrote it.</exception>
    public static async Task MigrateAsync(NpgsqlConnection connection, string schema, CancellationToken cancellation)
    {
        string quoted = new NpgsqlCommandBuilder().QuoteIdentifier(schema);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended('flatnet:' || $1, 0))", schema).ConfigureAwait(false);
        await ExecuteAsync($"CREATE SCHEMA IF NOT EXISTS {quoted}").ConfigureAwait(false);
        await ExecuteAsync("CREATE TABLE IF NOT EXISTS migration (version integer PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())").ConfigureAwait(false);
        int version = (int)(await ExecuteAsync("SELECT coalesce(max(version), 0) FROM migration").ConfigureAwait(false))!;
        if (version > Migrations.Length)
        {
            throw new StoreException($"The schema {schema} has version {version}, and this flatnetd knows versions up to {Migrations.Length}: run a newer flatnetd.");
        }

        for (int next = version + 1; next <= Migrations.Length; next++)
        {
            await ExecuteAsync(Migrations[next - 1]).ConfigureAwait(false);
            await ExecuteAsync("INSERT INTO migration (version) VALUES ($1)", next).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellation).ConfigureAwait(false);

        async Task<object?> ExecuteAsync(string sql, params object[] parameters)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            foreach (object parameter in parameters)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = parameter });
            }

            return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
        }
    }
}
