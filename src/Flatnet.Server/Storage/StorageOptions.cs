using System.Collections.Immutable;
using Flatnet.Settings;

namespace Flatnet.Server.Storage;

/// <summary>Where lines are kept, and how safely.</summary>
internal sealed record StorageOptions
{
    private const string Sqlite = "sqlite";
    private const string Postgres = "postgres";
    private const string MongoDb = "mongodb";
    private const string Fsync = "fsync";
    private const string Os = "os";

    public static readonly ImmutableArray<SettingKey> Keys =
    [
        new("storage.provider", SettingKind.Text, Sqlite, "Which database keeps the lines: a file of the server's own, PostgreSQL or MongoDB.")
        {
            Variables = ["FLATNET_STORAGE_PROVIDER"], Choices = [Sqlite, Postgres, MongoDb],
        },
        new("storage.path", SettingKind.Text, "logs.db", "The SQLite file. Relative to the data directory.") { Variables = ["FLATNET_STORAGE_PATH"] },
        new("storage.connection", SettingKind.Text, null, "The connection string of PostgreSQL or MongoDB.")
        {
            Variables = ["FLATNET_STORAGE_CONNECTION"], IsSecret = true,
        },
        new("storage.schema", SettingKind.Text, "flatnet", "The schema of PostgreSQL, or the database of MongoDB, that keeps everything; it is made if it is not there.")
        {
            Variables = ["FLATNET_STORAGE_SCHEMA"],
        },
        new("storage.durability", SettingKind.Text, Fsync, "When lines are durable: when the disk has them, or the operating system.")
        {
            Variables = ["FLATNET_STORAGE_DURABILITY"], Choices = [Fsync, Os],
        },
    ];

    public StoreProvider Provider { get; init; } = StoreProvider.Sqlite;

    /// <summary>The SQLite file; whoever puts the server together makes it absolute.</summary>
    public string Path { get; init; } = "logs.db";

    /// <summary>How to reach PostgreSQL or MongoDB; may hold a password.</summary>
    public string? Connection { get; init; }

    /// <summary>The schema of PostgreSQL, or the database of MongoDB.</summary>
    public string Schema { get; init; } = "flatnet";

    public Durability Durability { get; init; } = Durability.Fsync;

    public static StorageOptions From(SettingValues values) => new()
    {
        Provider = values.Text("storage.provider") switch
        {
            Postgres => StoreProvider.Postgres,
            MongoDb => StoreProvider.MongoDb,
            _ => StoreProvider.Sqlite,
        },
        Path = values.Text("storage.path")!,
        Connection = values.Text("storage.connection"),
        Schema = values.Text("storage.schema")!,
        Durability = values.Text("storage.durability") == Os ? Durability.Os : Durability.Fsync,
    };
}
