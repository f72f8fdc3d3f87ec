using Flatnet.LogServer.Harness;
using Flatnet.Server.Storage;
using Flatnet.Server.Storage.Postgres;
using static Flatnet.Server.Tests.Storage.Lines;

namespace Flatnet.Server.Tests.Storage.Postgres;

/// <summary>PostgreSQL goes away, comes back, and fills up with months.</summary>
[Collection(OnPostgres.Name)]
public sealed class PostgresFailureTests(PostgresServer server) : IAsyncLifetime
{
    private readonly string _schema = PostgresSchemas.NewName();
    private ILogStore _store = null!;

    public async Task InitializeAsync()
    {
        _store = server.CreateStore(_schema);
        await _store.OpenAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await server.DropAsync(_schema);
    }

    [Fact]
    public async Task A_restart_under_load_delays_lines_and_neither_loses_nor_doubles_them()
    {
        long acknowledged = 0;
        using var stop = new CancellationTokenSource();
        Task<int>[] writers = [.. Enumerable.Range(0, 4).Select(number => WriteAsync(number))];
        await UntilAsync(() => Interlocked.Read(ref acknowledged) > 100);
        server.Stop();
        server.Start();
        long before = Interlocked.Read(ref acknowledged);
        await UntilAsync(() => Interlocked.Read(ref acknowledged) > before + 100);
        await stop.CancelAsync();
        int[] counts = await Task.WhenAll(writers);

        for (int number = 0; number < counts.Length; number++)
        {
            Assert.Equal(
                Enumerable.Range(0, counts[number]).Select(static line => $"line {line}"), await _store.ReadTextsAsync(new LogQuery { TaskId = $"t{number}" }));
        }

        // Without identities: only the store itself can tell whether a commit was made whose answer was lost.
        async Task<int> WriteAsync(int number)
        {
            int count = 0;
            while (!stop.IsCancellationRequested)
            {
                await _store.AppendAsync($"t{number}", Line($"line {count++}"));
                Interlocked.Increment(ref acknowledged);
            }

            return count;
        }
    }

    [Fact]
    public async Task Connections_that_are_cut_at_any_moment_neither_lose_nor_double_lines()
    {
        using var stop = new CancellationTokenSource();
        Task cutting = CutAsync();
        var written = 0;
        try
        {
            for (; written < 150; written++)
            {
                await _store.AppendAsync("t", Line($"line {written}"));
            }
        }
        finally
        {
            await stop.CancelAsync();
            await cutting;
        }

        Assert.Equal(Enumerable.Range(0, written).Select(static line => $"line {line}"), await _store.ReadTextsAsync(new LogQuery { TaskId = "t" }));

        async Task CutAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                await server.ExecuteAsync(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'flatnetd' AND query NOT LIKE 'LISTEN%'");
                await Task.Delay(Random.Shared.Next(20, 120));
            }
        }
    }

    [Fact]
    public async Task A_database_that_is_away_for_too_long_is_named_without_its_password()
    {
        await using var database = new PostgresDatabase(new PostgresOptions
        {
            ConnectionString = "Host=/nonexistent;Database=logs;Username=u;Password=hunter2",
            Patience = TimeSpan.FromMilliseconds(100),
        });
        StoreException exception = await Assert.ThrowsAsync<StoreException>(() => database.OpenAsync(CancellationToken.None));

        Assert.StartsWith("Cannot create the tables in PostgreSQL on /nonexistent/logs: ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_of_a_newer_program_is_left_alone()
    {
        await server.ExecuteAsync($"INSERT INTO {_schema}.migration (version) VALUES (1000)");
        await using ILogStore store = server.CreateStore(_schema);
        StoreException exception = await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(CancellationToken.None));

        Assert.Contains("version 1000", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Months_that_are_empty_go_and_others_stay()
    {
        await server.ExecuteAsync(
            $"""
            CREATE TABLE {_schema}.block_2020_01 PARTITION OF {_schema}.block FOR VALUES FROM ('2020-01-01') TO ('2020-02-01');
            CREATE TABLE {_schema}.block_2020_02 PARTITION OF {_schema}.block FOR VALUES FROM ('2020-02-01') TO ('2020-03-01');
            """);
        await _store.AppendAsync("old", Line("old"));
        await server.ExecuteAsync($"UPDATE {_schema}.block SET received = '2020-02-10'");
        await _store.AppendAsync("t", Line("a"));
        await _store.DeleteLinesAsync("t", null, CancellationToken.None);

        Assert.Equal(DBNull.Value, await server.ExecuteAsync($"SELECT to_regclass('{_schema}.block_2020_01')::text"));
        Assert.Equal(["old"], await _store.ReadTextsAsync(new LogQuery { TaskId = "old" }));
        await _store.AppendAsync("t", Line("b"));
        Assert.Equal(["b"], await _store.ReadTextsAsync(new LogQuery { TaskId = "t" }));
    }

    [Fact]
    public async Task A_month_without_a_partition_gets_one_when_it_is_needed()
    {
        string name = (string)(await server.ExecuteAsync("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM')"))!;
        await server.ExecuteAsync($"DROP TABLE {_schema}.block_{name}");
        await _store.AppendAsync("t", Line("a"));

        Assert.Equal(["a"], await _store.ReadTextsAsync(new LogQuery { TaskId = "t" }));
    }

    [Theory]
    [InlineData(true, "on")]
    [InlineData(false, "off")]
    public async Task Commits_wait_for_the_disk_as_configured(bool isDurable, string setting)
    {
        await using var connections = new PostgresConnections(
            new PostgresOptions { ConnectionString = server.ConnectionString, Schema = _schema, IsDurable = isDurable });
        object? value = await connections.ReadAsync(
            "read",
            static async connection =>
            {
                await using var command = new Npgsql.NpgsqlCommand("SHOW synchronous_commit", connection);
                return await command.ExecuteScalarAsync();
            },
            CancellationToken.None);

        Assert.Equal(setting, value);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!condition())
        {
            await Task.Delay(5, limit.Token);
        }
    }
}
