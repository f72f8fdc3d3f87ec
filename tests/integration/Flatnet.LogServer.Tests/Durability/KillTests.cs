using System.Globalization;
using Flatnet.LogServer.Harness;
using Flatnet.LogServer.Tests.Support;

namespace Flatnet.LogServer.Tests.Durability;

/// <summary>A hundred SIGKILLs at random moments, half of them to the server and half to agents, while lines are written.</summary>
public sealed class KillTests
{
    private const int ServerKills = 50;
    private const int AgentKills = 50;

    [Fact]
    public async Task Each_line_arrives_exactly_once_and_in_order_whoever_is_killed()
    {
        using var directory = new TemporaryDirectory();
        using LogServerProcess server = await LogServerProcess.StartAsync(Repository.Server, directory.Make("data"), LogServerProcess.NoLimits);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));

        // One long task, with a viewer, through all of it.
        string home = directory.Make("long");
        string stop = Path.Combine(home, "stop");
        using RunningProgram agent = AgentProgram.Execute(
            Repository.Agent, server.Address, "long",
            $"i=0; while [ ! -e '{stop}' ]; do n=0; while [ $n -lt 20 ]; do i=$((i+1)); n=$((n+1)); echo \"line $i\"; done; sleep 0.02; done; echo $i > '{stop}.count'", home, QuickAgent);
        var viewer = new ResumingViewer(server.Socket("long"), "long", LogServerProcess.Token);
        await Eventually.TrueAsync(async () => (await server.Client.GetAsync("/api/v1/tasks/long")).IsSuccessStatusCode, () => "the task begins");
        Task<IReadOnlyList<StoredLine>> viewing = viewer.ReadToEndAsync(limit.Token);

        string shortHome = directory.Make("short");
        Task<Dictionary<string, long>> killingAgents = KillAgentsAsync(server, shortHome, new Random(2));
        var random = new Random(1);
        for (int i = 0; i < ServerKills; i++)
        {
            await Task.Delay(random.Next(300), limit.Token);
            await server.KillAsync();
            await server.RestartAsync();
        }

        Dictionary<string, long> spooled = await killingAgents;
        await File.WriteAllTextAsync(stop, "", limit.Token);
        Assert.Equal(0, await agent.WaitForExitAsync());
        Assert.DoesNotContain(agent.Errors, static said => said.Contains("are not delivered", StringComparison.Ordinal));
        int count = int.Parse(await File.ReadAllTextAsync(stop + ".count", limit.Token), CultureInfo.InvariantCulture);

        IReadOnlyList<StoredLine> stored = await TaskReader.ExportAsync(server.Client, "long");
        ExactlyOnce.AssertOrder(stored);
        ExactlyOnce.AssertNumbered(stored, count);
        Assert.Equal(stored, await TaskReader.PagesAsync(server.Client, "long"));
        Assert.Equal(stored, await viewing);
        Assert.True(viewer.Connections > 1, "The viewer was never cut off, so nothing was tested.");
        await DeliverAsync(server, shortHome, spooled);
    }

    /// <summary>The last line that each killed agent had put into its spool.</summary>
    private static async Task<Dictionary<string, long>> KillAgentsAsync(LogServerProcess server, string home, Random random)
    {
        var spooled = new Dictionary<string, long>();
        for (int i = 0; i < AgentKills; i++)
        {
            string task = "short-" + i.ToString(CultureInfo.InvariantCulture);
            using RunningProgram agent = AgentProgram.Execute(
                Repository.Agent, server.Address, task, "i=0; while :; do i=$((i+1)); echo \"line $i\"; [ $((i % 50)) -eq 0 ] && sleep 0.01; done", home, QuickAgent);
            string spool = Path.Combine(home, "spool", task);
            await Eventually.TrueAsync(() => Directory.Exists(spool), () => $"the agent of {task} spools:\n{string.Join('\n', agent.Errors)}");
            await Task.Delay(random.Next(200));
            await agent.KillAsync();
            spooled[task] = SpoolFiles.LastSequence(spool);
        }

        return spooled;
    }

    // Agents that are killed leave their spool behind; what they had put into it arrives with the next delivery.
    private static async Task DeliverAsync(LogServerProcess server, string home, Dictionary<string, long> spooled)
    {
        string said = "";
        await Eventually.TrueAsync(
            async () =>
            {
                using RunningProgram flush = AgentProgram.Flush(Repository.Agent, server.Address, home, QuickAgent);
                int exitCode = await flush.WaitForExitAsync();
                said = string.Join('\n', flush.Output.Concat(flush.Errors).TakeLast(20));
                return exitCode == 0;
            },
            () => $"what the killed agents left behind is delivered:\n{said}");
        foreach ((string task, long last) in spooled)
        {
            IReadOnlyList<StoredLine> stored = await TaskReader.ExportAsync(server.Client, task);
            ExactlyOnce.AssertOrder(stored);
            ExactlyOnce.AssertNumbered(stored, stored.Count(line => line.Source != "agent"));
            Assert.True(stored.Count >= last, $"{task}: {last} lines were spooled, {stored.Count} arrived.");
        }
    }

    private static readonly (string Name, string Value)[] QuickAgent = [("FLATNET_WEBSOCKET_RECONNECT_INTERVAL", "50ms")];
}
