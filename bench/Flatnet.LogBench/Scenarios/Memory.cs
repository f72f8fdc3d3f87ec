using System.Globalization;
using Flatnet.Bench.Report;
using Flatnet.LogBench.Load;
using Flatnet.Logs.Wire;
using Flatnet.LogServer.Harness;

namespace Flatnet.LogBench.Scenarios;

/// <summary>The server's memory with 10,000 viewers: idle, and after lines went to all of them.</summary>
internal static class Memory
{
    private const string TaskName = "memory";

    public static async Task<IReadOnlyList<Row>> RunAsync(Options options)
    {
        int viewers = options.Amount(10_000);
        int frames = options.Amount(100);
        using LogServerProcess server = await LogServerProcess.StartAsync(options.Server, options.NewDirectory("memory"), LogServerProcess.NoLimits);
        await Ingest.SendAsync(server, TaskName, Ingest.Make(9, 1000));
        var connections = new List<ViewerConnection>();
        try
        {
            int received = 0;
            for (int i = 0; i < viewers; i++)
            {
                ViewerConnection viewer = await ViewerConnection.OpenAsync(server.Socket(TaskName), LogServerProcess.Token, new SubscribeMessage(TaskName, new SubscribeOptions { Tail = 0, Batch = true }));
                viewer.Read(_ => Interlocked.Increment(ref received));
                connections.Add(viewer);
            }

            await Task.Delay(TimeSpan.FromSeconds(5));
            long idle = server.Process.Memory("VmRSS");
            await using AgentConnection agent = await AgentConnection.OpenAsync(server.Socket(TaskName), LogServerProcess.Token);
            for (int i = 0; i < frames; i++)
            {
                await agent.SendAsync(Frames.Logs("memory", i + 1, 1, sequence => AgentLines.Entry(1_790_000_000_000_000_000, sequence, sequence)));
                await Task.Delay(100);
            }

            await agent.WaitForAsync(frames);
            await Task.Delay(TimeSpan.FromSeconds(5));
            return
            [
                Megabytes(string.Create(CultureInfo.InvariantCulture, $"memory with {viewers} idle viewers"), idle, 300, 200),
                Megabytes(string.Create(CultureInfo.InvariantCulture, $"after {received} frames to them"), server.Process.Memory("VmRSS"), 600, 400),
            ];
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    private static Row Megabytes(string what, long bytes, double bound, double aim) => Row.Megabytes(what, bytes, 0, bound) with { Theirs = "", Aim = aim };
}
