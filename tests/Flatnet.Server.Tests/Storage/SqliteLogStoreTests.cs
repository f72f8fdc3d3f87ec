using Flatnet.Server.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flatnet.Server.Tests.Storage;

/// <summary>The contract on SQLite.</summary>
public sealed class SqliteLogStoreTests : LogStoreContract
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("flatnet-sqlite-");

    protected override Task PrepareAsync() => Task.CompletedTask;

    private protected override ILogStore CreateStore() => LogStores.Create(
        new StorageOptions { Path = Path.Combine(_directory.FullName, "logs.db"), Durability = Durability.Os }, NullLoggerFactory.Instance);

    protected override Task CleanUpAsync()
    {
        _directory.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
