using System.Text.RegularExpressions;
using MongoDB.Driver;

namespace Flatnet.Server.Storage.Mongo;

/// <summary>Which MongoDB, and where in it.</summary>
internal sealed partial record MongoOptions
{
    /// <summary>As MongoDB writes it, with <c>tls=true</c> for a way over a network; never shown.</summary>
    public required string ConnectionString { get; init; }

    public string Database { get; init; } = "flatnet";

    /// <summary>Whether a commit waits for the disk. Without it, a crash of the database may lose the last moments.</summary>
    public bool IsDurable { get; init; } = true;

    /// <summary>How long readers and writers wait for a database that cannot be reached.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <exception cref="StoreException">They make no sense.</exception>
    public static MongoOptions From(StorageOptions options)
    {
        if (!DatabaseName().IsMatch(options.Schema))
        {
            throw new StoreException(
                $"Cannot open MongoDB: '{options.Schema}' is no name for the store's database. "
                + "Set storage.schema to up to 40 small letters, digits and _, not beginning with a digit, and not to admin, config or local.");
        }

        try
        {
            // Its own message quotes the password.
            _ = MongoClientSettings.FromUrl(MongoUrl.Create(options.Connection)).Freeze();
        }
        catch (Exception exception) when (exception is MongoException or ArgumentException or FormatException or NotSupportedException or InvalidOperationException)
        {
            throw new StoreException("Cannot open MongoDB: set storage.connection to a connection string such as mongodb://flatnetd@db.example/?tls=true.");
        }

        return new MongoOptions { ConnectionString = options.Connection!, Database = options.Schema, IsDurable = options.Durability == Durability.Fsync };
    }

    [GeneratedRegex(@"^(?!(admin|config|local)\z)[a-z_][a-z0-9_]{0,39}\z")]
    private static partial Regex DatabaseName();
}
