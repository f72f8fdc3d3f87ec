namespace Flatnet.Server.Storage;

/// <summary>Which database keeps the lines.</summary>
internal enum StoreProvider
{
    /// <summary>A file of the server's own.</summary>
    Sqlite = 1,

    /// <summary>A PostgreSQL server, which several log servers may share.</summary>
    Postgres,

    /// <summary>A MongoDB server or replica set, which several log servers may share.</summary>
    MongoDb,
}
