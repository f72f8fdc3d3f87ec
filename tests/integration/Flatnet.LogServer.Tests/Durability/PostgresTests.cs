using Flatnet.LogServer.Harness;
using Flatnet.LogServer.Tests.Support;

namespace Flatnet.LogServer.Tests.Durability;

/// <summary>The log server on a PostgreSQL that is restarted under load, and two log servers on one.</summary>
public sealed class PostgresTests
{
    [Fact]
    public async Task A_restart_of_the_database_loses_and_doubles_nothing_and_each_server_shows_what_the_other_takes()
    {
        using var directory = new TemporaryDirectory();
        using var postgres = new PostgresServer();
        (string Name, string Value)[] settings =
            [.. LogServerProcess.NoLimits, ("FLATNET_STORAGE_PROVIDER", "postgres"), ("FLATNET_STORAGE_CONNECTION", postgres.ConnectionString)];
        using LogServerProcess one = await LogServerProcess.StartAsync(Repository.Server, directory.Make("one"), settings);
        using LogServerProcess two = await LogServerProcess.StartAsync(Repository.Server, directory.Make("two"), settings);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));

        const int Lines = 40_000;
        using RunningProgram agent = AgentProgram.Execute(
            Repository.Agent, one.Address, "database",
            $"i=0; while [ $i -lt 400 ]; do seq -f 'line %.0f' $((i*100+1)) $((i*100+100)); i=$((i+1)); sleep 0.01; done", directory.Make("agent"),
            ("FLATNET_WEBSOCKET_RECONNECT_INTERVAL", "50ms"));
        await Eventually.TrueAsync(async () => (await two.Client.GetAsync("/api/v1/tasks/database")).IsSuccessStatusCode, () => "the task begins");
        Task<IReadOnlyList<StoredLine>> viewing = new ResumingViewer(two.Socket("database"), "database", LogServerProcess.Token).ReadToEndAsync(limit.Token);
        postgres.Stop();
        postgres.Start();
        Assert.Equal(0, await agent.WaitForExitAsync());

        IReadOnlyList<StoredLine> stored = await TaskReader.ExportAsync(one.Client, "database");
        ExactlyOnce.AssertOrder(stored);
        ExactlyOnce.AssertNumbered(stored, Lines);
        Assert.Equal(stored, await viewing);
    }
}
