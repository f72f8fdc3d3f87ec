using System.Collections.Concurrent;
using System.Diagnostics;
using Flatnet.Bench.Measuring;
using Flatnet.Bench.Report;
using Flatnet.LogBench.Load;
using Flatnet.LogServer.Harness;

namespace Flatnet.LogBench.Scenarios;

/// <summary>
/// From the sending of a line to the word that it is durable, at 20,000 lines a second, beside bare commits of one row. Both take
/// turns at the same pace: a disk is slow for a second now and then, and a commit right after another one costs half of a lone one.
/// </summary>
internal static class AckLatency
{
    private const int LinesEach = 100;
    private const int Rounds = 6;

    /// <summary>Frames that come first and do not count: two seconds in which both programs are compiled.</summary>
    private const int WarmUp = 400;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    public static async Task<IReadOnlyList<Row>> RunAsync(Options options)
    {
        int frames = options.Amount(600);
        using LogServerProcess server = await LogServerProcess.StartAsync(options.Server, options.NewDirectory("ack"), LogServerProcess.NoLimits);
        await using AgentConnection agent = await AgentConnection.OpenAsync(server.Socket("ack"), LogServerProcess.Token);
        using var commits = new BareCommits(options.NewDirectory("bare"));
        await ServerAsync(agent, 0, WarmUp);
        var ours = new List<double>();
        var theirs = new List<double>();
        for (int round = 0; round < Rounds; round++)
        {
            ours.AddRange(await ServerAsync(agent, WarmUp + (round * frames), frames));
            theirs.AddRange(await BareAsync(commits, frames));
        }

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

    private static async Task<IEnumerable<double>> ServerAsync(AgentConnection agent, int first, int frames)
    {
        byte[][] messages =
        [
            .. Enumerable.Range(first, frames).Select(frame => Frames.Logs(
                "bench", (frame * LinesEach) + 1, LinesEach, sequence => AgentLines.Entry(1_790_000_000_000_000_000, sequence, sequence))),
        ];
        var sent = new ConcurrentDictionary<long, long>();
        var delays = new ConcurrentQueue<double>();
        long last = (long)first * LinesEach;
        agent.OnAcknowledged = sequence =>
        {
            // One acknowledgement may stand for several frames.
            for (; last < sequence; last += LinesEach)
            {
                delays.Enqueue(Stopwatch.GetElapsedTime(sent[last + LinesEach]).TotalMilliseconds);
            }
        };
        var pace = new Pace(Interval);
        for (int i = 0; i < frames; i++)
        {
            sent[(long)(first + i + 1) * LinesEach] = await pace.NextAsync();
            await agent.SendAsync(messages[i]);
        }

        await agent.WaitForAsync((long)(first + frames) * LinesEach);
        return delays;
    }

    private static async Task<IEnumerable<double>> BareAsync(BareCommits commits, int count)
    {
        var times = new List<double>();
        var pace = new Pace(Interval);
        for (int i = 0; i < count; i++)
        {
            long due = await pace.NextAsync();
            commits.Commit();
            times.Add(Stopwatch.GetElapsedTime(due).TotalMilliseconds);
        }

        return times;
    }
}
