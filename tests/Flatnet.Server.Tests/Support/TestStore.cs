using Flatnet.Server.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flatnet.Server.Tests.Support;

/// <summary>A store in an SQLite file of its own, which is gone with it.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("flatnet-store-");

    private TestStore() => Store = CreateAnother();

    public ILogStore Store { get; private set; }

    public string Path => System.IO.Path.Combine(_directory.FullName, "logs.db");

    public static async Task<TestStore> CreateAsync()
    {
        var test = new TestStore();
        await test.Store.OpenAsync(CancellationToken.None);
        return test;
    }

    /// <summary>One more store on the same file, not open yet; its owner disposes of it.</summary>
    public ILogStore CreateAnother() =>
        LogStores.Create(new StorageOptions { Path = Path, Durability = Durability.Os }, NullLoggerFactory.Instance);

    /// <summary>Closes the store and opens it anew.</summary>
    public async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = CreateAnother();
        await Store.OpenAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
