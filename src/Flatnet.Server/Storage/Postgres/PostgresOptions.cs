using System.Text.RegularExpressions;
using Npgsql;

namespace Flatnet.Server.Storage.Postgres;

/// <summary>Which PostgreSQL, and where in it.</summary>
internal sealed partial record PostgresOptions
{
    /// <summary>As Npgsql writes it, with <c>SSL Mode</c> for a way over a network; never shown.</summary>
    public required string ConnectionString { get; init; }

    public string Schema { get; init; } = "flatnet";

    /// <summary>Whether a commit waits for the disk. Without it, a crash of the database may lose the last moments.</summary>
    public bool IsDurable { get; init; } = true;

    /// <summary>How long readers and writers wait for a database that cannot be reached.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <exception cref="StoreException">They make no sense.</exception>
    public static PostgresOptions From(StorageOptions options)
    {
        if (!SchemaName().IsMatch(options.Schema))
        {
            throw new StoreException(
                $"Cannot open PostgreSQL: '{options.Schema}' is no schema's name. Set storage.schema to up to 40 small letters, digits and _, not beginning with a digit or pg_.");
        }

        try
        {
            // Its own message may quote the password.
            return new NpgsqlConnectionStringBuilder(options.Connection) is { Host: { Length: > 0 } }
                ? new PostgresOptions { ConnectionString = options.Connection!, Schema = options.Schema, IsDurable = options.Durability == Durability.Fsync }
                : throw new ArgumentException("There is no host.");
        }
        catch (ArgumentException)
        {
            throw new StoreException("Cannot open PostgreSQL: set storage.connection to a connection string such as Host=db.example;Database=flatnet;Username=flatnetd;SSL Mode=VerifyFull.");
        }
    }

    [GeneratedRegex(@"^(?!pg_)[a-z_][a-z0-9_]{0,39}\z")]
    private static partial Regex SchemaName();
}
