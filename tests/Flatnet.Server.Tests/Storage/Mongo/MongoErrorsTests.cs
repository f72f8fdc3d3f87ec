using System.Net;
using System.Net.Sockets;
using Flatnet.Server.Storage;
using Flatnet.Server.Storage.Mongo;
using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Clusters;
using MongoDB.Driver.Core.Connections;
using MongoDB.Driver.Core.Servers;

namespace Flatnet.Server.Tests.Storage.Mongo;

public sealed class MongoErrorsTests
{
    private static readonly ConnectionId Connection = new(new ServerId(new ClusterId(1), new DnsEndPoint("db", 27017)));

    public static TheoryData<string, bool, string> Reasons => new()
    {
        { "timeout", true, "no server that takes writes answered in time. Make sure that it runs and can be reached." },
        { "reset", true, "Connection reset by peer. Make sure that it runs and can be reached." },
        { "password", false, "the server does not accept the name and password of storage.connection." },
        { "not primary", true, "not primary (code 10107). Make sure that it runs and can be reached." },
        { "forbidden", false, "the user of storage.connection may not do that; it needs the role readWrite." },
        { "other", false, "no (code 7)." },
    };

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_failure_says_what_was_tried_where_and_why(string what, bool isLost, string reason)
    {
        Exception exception = what switch
        {
            "timeout" => new TimeoutException("A timeout occurred after 30000ms selecting a server using CompositeServerSelector{ ... }."),
            "reset" => new MongoConnectionException(Connection, "An exception occurred.", new IOException("Connection reset by peer", new SocketException(104))),
            "password" => new MongoAuthenticationException(Connection, "Unable to authenticate using sasl protocol mechanism SCRAM-SHA-256."),
            "not primary" => new MongoNotPrimaryException(Connection, [], new BsonDocument { { "code", 10107 }, { "errmsg", "not primary" } }),
            "forbidden" => Answer(13, "not authorized on logs to execute command { insert: 'parts', documents: [ 'hunter2' ] }"),
            _ => Answer(7, "no"),
        };
        StoreException told = MongoErrors.ToStoreException("write", "db/logs", exception);

        Assert.Equal((isLost, true), (MongoErrors.IsConnectionLost(exception), MongoErrors.IsFailure(exception)));
        Assert.Equal((false, $"Cannot write in MongoDB on db/logs: {reason}"), (told.IsFull, told.Message));
    }

    [Fact]
    public void A_full_disk_is_told_as_such()
    {
        StoreException told = MongoErrors.ToStoreException("write", "db/logs", Answer(14031, "available disk space of 1 bytes is less than required"));

        Assert.True(told.IsFull);
        Assert.EndsWith("Free space on its disk.", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_failure_of_the_database_is_left_alone() => Assert.False(MongoErrors.IsFailure(new InvalidOperationException()));

    private static MongoCommandException Answer(int code, string message) =>
        new(Connection, $"Command insert failed: {message}.", [], new BsonDocument { { "code", code }, { "errmsg", message } });
}
