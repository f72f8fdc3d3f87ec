using System.Net.Sockets;
using MongoDB.Driver;

namespace Flatnet.Server.Storage.Mongo;

/// <summary>What MongoDB's errors mean to the store.</summary>
internal static class MongoErrors
{
    // Numbers of the server's error_codes.yml.
    public const int NamespaceExists = 48;
    private const int Unauthorized = 13;
    private const int OutOfDiskSpace = 14031;

    /// <summary>The server cannot be reached, or its answer did not come. Later it may go well.</summary>
    public static bool IsConnectionLost(Exception exception) => exception switch
    {
        MongoAuthenticationException => false,
        MongoWriteException write => write is { WriteError: null, WriteConcernError: not null },
        MongoBulkWriteException writes => writes.WriteConcernError is not null && AreDuplicates(writes),
        _ => exception is MongoConnectionException or MongoConnectionPoolPausedException or MongoNotPrimaryException or MongoNodeIsRecoveringException
            or MongoWriteConcernException or TimeoutException or IOException or SocketException,
    };

    /// <summary>All that is wrong is that documents with these IDs are there already.</summary>
    public static bool IsDuplicate(Exception exception) => exception switch
    {
        MongoWriteException write => write is { WriteError.Category: ServerErrorCategory.DuplicateKey, WriteConcernError: null },
        MongoBulkWriteException writes => writes is { WriteErrors.Count: > 0, WriteConcernError: null } && AreDuplicates(writes),
        _ => false,
    };

    public static bool IsFailure(Exception exception) => exception is MongoException or TimeoutException or IOException or SocketException;

    public static StoreException ToStoreException(string tried, string server, Exception exception)
    {
        bool isFull = Codes(exception).Contains(OutOfDiskSpace);
        string advice = isFull ? " Free space on its disk." : IsConnectionLost(exception) ? " Make sure that it runs and can be reached." : "";
        return new StoreException($"Cannot {tried} in MongoDB on {server}: {Reason(exception).TrimEnd('.')}.{advice}", isFull, exception);
    }

    private static bool AreDuplicates(MongoBulkWriteException writes) =>
        writes.WriteErrors.All(static error => error.Category == ServerErrorCategory.DuplicateKey);

    private static string Reason(Exception exception) => exception switch
    {
        // Its own message is a page about the state of the cluster.
        TimeoutException => "no server that takes writes answered in time",
        MongoAuthenticationException => "the server does not accept the name and password of storage.connection",
        // The server would quote the whole command.
        MongoCommandException { Code: Unauthorized } => "the user of storage.connection may not do that; it needs the role readWrite",
        MongoCommandException answer => $"{answer.ErrorMessage} (code {answer.Code})",
        MongoBulkWriteException { WriteErrors: [var first, ..] } => $"{first.Message} (code {first.Code})",
        MongoWriteException { WriteError: { } error } => $"{error.Message} (code {error.Code})",
        _ => exception.InnerException is { } inner and (IOException or SocketException) ? inner.Message : exception.Message,
    };

    private static IEnumerable<int> Codes(Exception exception) => exception switch
    {
        MongoCommandException answer => [answer.Code],
        MongoWriteException { WriteError: { } error } => [error.Code],
        MongoBulkWriteException writes => writes.WriteErrors.Select(static error => error.Code),
        _ => [],
    };
}
