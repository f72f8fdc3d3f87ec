using Flatnet.Server.Storage;
using Flatnet.Server.Storage.Postgres;

namespace Flatnet.Server.Tests.Storage.Postgres;

public sealed class PostgresOptionsTests
{
    [Theory]
    [InlineData(null, "flatnet", "storage.connection")]
    [InlineData("", "flatnet", "storage.connection")]
    [InlineData("Database=logs", "flatnet", "storage.connection")]
    [InlineData("Host=h;Nonsense=hunter2", "flatnet", "storage.connection")]
    [InlineData("Host=h", "Logs", "storage.schema")]
    [InlineData("Host=h", "pg_logs", "storage.schema")]
    [InlineData("Host=h", "logs;drop", "storage.schema")]
    [InlineData("Host=h", "", "storage.schema")]
    public void What_makes_no_sense_is_told_with_its_setting_and_without_secrets(string? connection, string schema, string setting)
    {
        StoreException exception = Assert.Throws<StoreException>(() => PostgresOptions.From(new StorageOptions { Connection = connection, Schema = schema }));
        Assert.Contains(setting, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Durability.Fsync, true)]
    [InlineData(Durability.Os, false)]
    public void Durability_is_the_database_s_to_keep(object durability, bool isDurable) => Assert.Equal(
        isDurable, PostgresOptions.From(new StorageOptions { Connection = "Host=h", Durability = (Durability)durability }).IsDurable);
}
