using System.Net.Sockets;
using Npgsql;

namespace Flatnet.Server.Storage.Postgres;

/// <summary>What PostgreSQL's errors mean to the store.</summary>
internal static class PostgresErrors
{
    /// <summary>The connection cannot be had, or broke. On another one, later, it may go well.</summary>
    public static bool IsConnectionLost(Exception exception) => exception switch
    {
        PostgresException answer =>
            answer.SqlState.StartsWith("08", StringComparison.Ordinal)
            || answer.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
                or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections,
        NpgsqlException broken => broken.InnerException is IOException or SocketException or TimeoutException,
        _ => exception is IOException or SocketException or TimeoutException,
    };

    /// <summary>Others got in between; the same transaction may go well when it is tried anew.</summary>
    public static bool IsConflict(Exception exception) => exception is PostgresException
    {
        SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected,
    };

    /// <summary>No partition for the rows: the month began after partitions were last made.</summary>
    public static bool IsPartitionMissing(Exception exception) => exception is PostgresException { SqlState: PostgresErrorCodes.CheckViolation };

    public static bool IsFailure(Exception exception) => exception is NpgsqlException or IOException or SocketException or TimeoutException;

    public static StoreException ToStoreException(string tried, string server, Exception exception)
    {
        string reason = exception is PostgresException answer ? $"{answer.MessageText} (SQLSTATE {answer.SqlState})" : exception.Message;
        bool isFull = exception is PostgresException { SqlState: PostgresErrorCodes.DiskFull };
        string advice = isFull ? " Free space on its disk." : IsConnectionLost(exception) ? " Make sure that it runs and can be reached." : "";
        return new StoreException($"Cannot {tried} in PostgreSQL on {server}: {reason.TrimEnd('.')}.{advice}", isFull, exception);
    }
}
