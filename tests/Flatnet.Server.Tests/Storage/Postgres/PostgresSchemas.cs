using Flatnet.LogServer.Harness;
using Flatnet.Server.Storage;
using Flatnet.Server.Storage.Blocks;
using Flatnet.Server.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Flatnet.Server.Tests.Storage.Postgres;

/// <summary>A schema for each test.</summary>
internal static class PostgresSchemas
{
    public static string NewName() => $"t{Guid.NewGuid():N}";

    /// <summary>A store as a log server has it.</summary>
    public static ILogStore CreateStore(this PostgresServer server, string schema) => new BlockStore(
        new PostgresDatabase(new PostgresOptions { ConnectionString = server.ConnectionString, Schema = schema }), NullLogger<BlockStore>.Instance);

    public static async Task<object?> ExecuteAsync(this PostgresServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public static Task DropAsync(this PostgresServer server, string schema) => server.ExecuteAsync($"DROP SCHEMA IF EXISTS {schema} CASCADE");
}
