using Flatnet.LogServer.Harness;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Tests.Storage.Postgres;

/// <summary>The contract on PostgreSQL.</summary>
[Collection(OnPostgres.Name)]
public sealed class PostgresLogStoreTests(PostgresServer server) : LogStoreContract
{
    private readonly string _schema = PostgresSchemas.NewName();

    protected override Task PrepareAsync() => Task.CompletedTask;

    private protected override ILogStore CreateStore() => server.CreateStore(_schema);

    protected override Task CleanUpAsync() => server.DropAsync(_schema);
}
