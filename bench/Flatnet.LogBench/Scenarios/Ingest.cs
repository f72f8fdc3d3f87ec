using System.Diagnostics;
using System.Globalization;
using Flatnet.Bench.Measuring;
using Flatnet.Bench.Report;
using Flatnet.LogBench.Load;
using Flatnet.LogServer.Harness;

namespace Flatnet.LogBench.Scenarios;

/// <summary>Durable lines a second, from four agents, beside a bare loop that inserts the same lines as rows with the same batch and sync.</summary>
internal static class Ingest
{
    public const int Agents = 4;
    public const int FrameLines = 500;

    private const string CommitsMetric = "flatnet_ingest_commit_duration_seconds_count";

    public static Task<IReadOnlyList<Row>> RunAsync(Options options) =>
        RunAsync(options, "SQLite, against bare inserts", LogServerProcess.NoLimits, (lines, batch) => BareSqlite.Run(options.NewDirectory("bare"), lines, batch));

    /// <summary>The same on PostgreSQL, beside a bare COPY of the same lines as rows, one for each batch.</summary>
    public static async Task<IReadOnlyList<Row>> RunPostgresAsync(Options options)
    {
        using var postgres = new PostgresServer();
        (string Name, string Value)[] settings =
            [.. LogServerProcess.NoLimits, ("FLATNET_STORAGE_PROVIDER", "postgres"), ("FLATNET_STORAGE_CONNECTION", postgres.ConnectionString)];
        return await RunAsync(options, "PostgreSQL, against bare COPY", settings, (lines, batch) => BareCopy.Run(postgres.ConnectionString, lines, batch));
    }

    private static async Task<IReadOnlyList<Row>> RunAsync(
        Options options, string what, (string Name, string Value)[] settings, Func<long, int, double> runRival)
    {
        int lines = options.Amount(250_000);
        byte[][][] frames = [.. Enumerable.Range(0, Agents).Select(agent => Make(agent, lines))];
        var ours = new List<double>();
        var theirs = new List<double>();
        double batch = 0;
        for (int round = 0; round < (options.Quick ? 1 : 5); round++)
        {
            (double rate, batch) = await ServerAsync(options, settings, round, frames, lines);
            ours.Add(rate);
            theirs.Add(runRival((long)Agents * lines, Math.Max(1, (int)batch)));
        }

        return
        [
            new Row
            {
                What = $"durable ingest, {Agents} agents, {what} in batches of {batch.ToString("0", CultureInfo.InvariantCulture)}",
                Ours = Rate(ours),
                Theirs = Rate(theirs),
                Figure = Statistics.PairedRatio(ours, theirs),
                Bound = 0.5,
                Aim = 0.8,
                IsLeast = true,
            },
        ];
    }

    public static string Rate(IEnumerable<double> rates) => Row.Format(Statistics.Median(rates) / 1000, " k/s");

    /// <summary>All frames of one agent.</summary>
    public static byte[][] Make(int agent, int lines)
    {
        long start = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100;
        return
        [
            .. Enumerable.Range(0, lines / FrameLines).Select(frame => Frames.Logs(
                $"bench-agent-{agent}", (frame * (long)FrameLines) + 1, FrameLines, sequence => AgentLines.Entry(start, (agent * 10_000_000L) + sequence, sequence))),
        ];
    }

    private static async Task<(double Rate, double Batch)> ServerAsync(
        Options options, (string Name, string Value)[] settings, int round, byte[][][] frames, int lines)
    {
        using LogServerProcess server = await LogServerProcess.StartAsync(options.Server, options.NewDirectory("ingest"), settings);
        // The first lines are slower: code that has not run yet.
        await SendAsync(server, $"warm-up-{round}", Make(9, 20_000));
        double commitsBefore = await server.MetricAsync(CommitsMetric);
        long begin = Stopwatch.GetTimestamp();
        await Task.WhenAll(frames.Select((all, agent) => SendAsync(server, $"task-{round}-{agent}", all)));
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        double commits = await server.MetricAsync(CommitsMetric) - commitsBefore;
        double total = (double)lines / FrameLines * FrameLines * Agents;
        return (total / seconds, total / Math.Max(1, commits));
    }

    /// <summary>Sends all frames with a window of eight, as the agent does, and waits for the last acknowledgement.</summary>
    public static async Task SendAsync(LogServerProcess server, string taskId, byte[][] frames)
    {
        const int Window = 8;
        await using AgentConnection agent = await AgentConnection.OpenAsync(server.Socket(taskId), LogServerProcess.Token);
        for (int i = 0; i < frames.Length; i++)
        {
            await agent.WaitForAsync((i - Window) * (long)FrameLines);
            await agent.SendAsync(frames[i]);
        }

        await agent.WaitForAsync(frames.Length * (long)FrameLines);
    }
}
