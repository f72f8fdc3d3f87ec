using System.Collections.Concurrent;
using System.Diagnostics;
using Flatnet.Bench.Measuring;
using Flatnet.Bench.Report;
using Flatnet.LogBench.Load;
using Flatnet.LogServer.Harness;

namespace Flatnet.LogBench.Scenarios;

/// <summary>From the sending of a line to the word that it is durable, at 20,000 lines a second, beside bare commits of one row.</summary>
internal static class AckLatency
{
    private const int LinesEach = 100;

    /// <summary>Frames that come first, at the same pace, and do not count: two seconds in which both programs are compiled.</summary>
    private const int WarmUp = 400;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    public static async Task<IReadOnlyList<Row>> RunAsync(Options options)
    {
        List<double> ours = (await ServerAsync(options, WarmUp + options.Amount(3000)))[WarmUp..];
        List<double> theirs = BareSqlite.SingleCommits(options.NewDirectory("bare"), options.Amount(3000));
        double mine = Percentiles.P99(ours);
        double bare = Percentiles.P99(theirs);
        return
        [
            new Row
            {
                What = "acknowledgement at 20,000 lines/s, p99, against a bare commit of one row, p99",
                Ours = Row.Format(mine, " ms"),
                Theirs = Row.Format(bare, " ms"),
                Figure = mine / bare,
                Bound = 5,
                Aim = 2,
            },
            new Row
            {
                What = "the same, medians",
                Ours = Row.Format(Statistics.Median(ours), " ms"),
                Theirs = Row.Format(Statistics.Median(theirs), " ms"),
                Figure = Statistics.Median(ours) / Statistics.Median(theirs),
            },
        ];
    }

    private static async Task<List<double>> ServerAsync(Options options, int frames)
    {
        using LogServerProcess server = await LogServerProcess.StartAsync(options.Server, options.NewDirectory("ack"), LogServerProcess.NoLimits);
        byte[][] messages =
        [
            .. Enumerable.Range(0, frames).Select(frame => Frames.Logs(
                "bench", (frame * LinesEach) + 1, LinesEach, sequence => AgentLines.Entry(1_790_000_000_000_000_000, sequence, sequence))),
        ];
        var sent = new ConcurrentDictionary<long, long>();
        var delays = new ConcurrentQueue<double>();
        long last = 0;
        await using AgentConnection agent = await AgentConnection.OpenAsync(server.Socket("ack"), LogServerProcess.Token);
        agent.OnAcknowledged = sequence =>
        {
            // One acknowledgement may stand for several frames.
            for (; last < sequence; last += LinesEach)
            {
                delays.Enqueue(Stopwatch.GetElapsedTime(sent[last + LinesEach]).TotalMilliseconds);
            }
        };
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < frames; i++)
        {
            TimeSpan wait = (Interval * i) - Stopwatch.GetElapsedTime(begin);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait);
            }

            sent[(i + 1) * LinesEach] = Stopwatch.GetTimestamp();
            await agent.SendAsync(messages[i]);
        }

        await agent.WaitForAsync(frames * (long)LinesEach);
        return [.. delays];
    }
}
