using Flatnet.LogServer.Harness;
using Flatnet.LogServer.Tests.Support;

namespace Flatnet.LogServer.Tests.Durability;

/// <summary>Connections that are cut in the middle of a frame.</summary>
public sealed class CutTests
{
    private const int Cuts = 50;

    [Fact]
    public async Task Fifty_cut_connections_lose_and_double_nothing()
    {
        using var directory = new TemporaryDirectory();
        using LogServerProcess server = await LogServerProcess.StartAsync(Repository.Server, directory.Make("data"), LogServerProcess.NoLimits);
        await using var proxy = new CuttingProxy(server.Address, Cuts, seed: 1);
        string home = directory.Make("agent");
        const int Lines = 150_000;
        using RunningProgram agent = AgentProgram.Execute(
            Repository.Agent, proxy.Address, "cut", $"seq -f 'line %.0f' 1 {Lines}", home, ("FLATNET_WEBSOCKET_RECONNECT_INTERVAL", "20ms"));
        Assert.Equal(0, await agent.WaitForExitAsync());

        Assert.Equal(0, proxy.Left);
        IReadOnlyList<StoredLine> stored = await TaskReader.ExportAsync(server.Client, "cut");
        ExactlyOnce.AssertOrder(stored);
        ExactlyOnce.AssertNumbered(stored, Lines);
    }
}
