using Microsoft.Data.Sqlite;

namespace Flatnet.Server.Storage.Sqlite;

/// <summary>SQLite's errors as the store's.</summary>
internal static class SqliteErrors
{
    // Names and numbers of sqlite3.h.
    private const int SQLITE_BUSY = 5;
    private const int SQLITE_CORRUPT = 11;
    private const int SQLITE_FULL = 13;
    private const int SQLITE_NOTADB = 26;
    private const int SQLITE_IOERR_SHMSIZE = 4874;

    public static StoreException Describe(SqliteException error, string path, string tried)
    {
        (string reason, bool isFull) = (error.SqliteErrorCode, error.SqliteExtendedErrorCode) switch
        {
            (SQLITE_FULL, _) or (_, SQLITE_IOERR_SHMSIZE) => ("there is no room left. Make room on its disk, or delete old tasks.", true),
            (SQLITE_BUSY, _) => ("another process has kept it locked for too long.", false),
            (SQLITE_CORRUPT, _) => ("it is damaged. Restore it from a copy; `sqlite3 FILE .recover` saves what can be read.", false),
            (SQLITE_NOTADB, _) => ("it is not an SQLite database.", false),
            _ => ($"{error.Message} ({error.SqliteExtendedErrorCode})", false),
        };
        return new StoreException($"Cannot {tried} the database {path}: {reason}", isFull, error);
    }
}
