using Flatnet.LogServer.Harness;

namespace Flatnet.Server.Tests.Storage.Postgres;

/// <summary>One server for all tests that need it.</summary>
[CollectionDefinition(Name)]
public sealed class OnPostgres : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}
