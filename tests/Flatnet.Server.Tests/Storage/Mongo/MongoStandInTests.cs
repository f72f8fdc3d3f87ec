using Flatnet.Server.Storage;

namespace Flatnet.Server.Tests.Storage.Mongo;

/// <summary>The contract on what stands in for MongoDB.</summary>
public sealed class MongoStandInTests : LogStoreContract
{
    private readonly MongoStandIn _server = MongoStandIn.Start();

    protected override Task PrepareAsync() => Task.CompletedTask;

    private protected override ILogStore CreateStore() => _server.CreateStore();

    protected override Task CleanUpAsync() => _server.DisposeAsync().AsTask();
}
