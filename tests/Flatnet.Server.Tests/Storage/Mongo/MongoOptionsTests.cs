using Flatnet.Server.Storage;
using Flatnet.Server.Storage.Mongo;
using MongoDB.Driver;

namespace Flatnet.Server.Tests.Storage.Mongo;

public sealed class MongoOptionsTests
{
    [Theory]
    [InlineData(null, "flatnet", "storage.connection")]
    [InlineData("", "flatnet", "storage.connection")]
    [InlineData("Host=h;Password=hunter2", "flatnet", "storage.connection")]
    [InlineData("http://u:hunter2@h", "flatnet", "storage.connection")]
    [InlineData("mongodb://u:hunter2@", "flatnet", "storage.connection")]
    [InlineData("mongodb://u:hunter2@h/?tls=perhaps", "flatnet", "storage.connection")]
    [InlineData("mongodb://u:hunter2@h/?authMechanism=nonsense", "flatnet", "storage.connection")]
    [InlineData("mongodb+srv://u:hunter2@db.example/?directConnection=true", "flatnet", "storage.connection")]
    [InlineData("mongodb://h", "Logs", "storage.schema")]
    [InlineData("mongodb://h", "admin", "storage.schema")]
    [InlineData("mongodb://h", "a.b", "storage.schema")]
    [InlineData("mongodb://h", "", "storage.schema")]
    public void What_makes_no_sense_is_told_with_its_setting_and_without_secrets(string? connection, string schema, string setting)
    {
        StoreException exception = Assert.Throws<StoreException>(() => MongoOptions.From(new StorageOptions { Connection = connection, Schema = schema }));
        Assert.Contains(setting, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Durability.Fsync, true)]
    [InlineData(Durability.Os, false)]
    public void Commits_wait_for_most_of_the_servers_and_for_their_disks_as_configured(object durability, bool waits)
    {
        var options = MongoOptions.From(new StorageOptions { Connection = "mongodb://h/?w=1&journal=false", Durability = (Durability)durability });
        using var connection = new MongoConnection(options);

        foreach (WriteConcern concern in (WriteConcern[])[connection.Tasks.Settings.WriteConcern, connection.Parts.Settings.WriteConcern, connection.Commits.Settings.WriteConcern])
        {
            Assert.Equal(("majority", waits), (concern.W.ToString(), concern.Journal));
        }
    }

    [Theory]
    [InlineData("mongodb://u:hunter2@one,two:27018/auth", "one:27017,two:27018/logs")]
    [InlineData("mongodb+srv://u:hunter2@db.example/?tls=true", "db.example/logs")]
    public void The_server_is_named_without_who_logs_in(string url, string name)
    {
        using var connection = new MongoConnection(MongoOptions.From(new StorageOptions { Connection = url, Schema = "logs" }));

        Assert.Equal(name, connection.Server);
    }
}
