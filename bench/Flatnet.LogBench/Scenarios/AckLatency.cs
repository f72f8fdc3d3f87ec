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
    private const int Rounds = 12;

    /// <summary>Frames that come first and do not count: two seconds in which both programs are compiled.</summary>
    private const int WarmUp = 400;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    public static async Task<IReadOnlyList<Row>> RunAsync(Options options)
    {
        int frames = options.Amount(300);
        using LogServerProcess server = await LogServerProcess.StartAsync(options.Server, options.NewDirectory("ack"), LogServerProcess.NoLimits);
        await using AgentConnection agent = await AgentConnection.OpenAsync(server.Socket("ack"), LogServerProcess.Token);
        using var commits = new BareCommits(options.NewDirectory("bare"));
        await ServerAsync(agent, 0, WarmUp);
        var ours = new List<IReadOnlyCollection<double>>();
        var theirs = new List<IReadOnlyCollection<double>>();
        var hurried = new List<IReadOnlyCollection<double>>();
        for (int round = 0; round < Rounds; round++)
        {
            ours.Add(await ServerAsync(agent, WarmUp + (round * frames), frames));
            theirs.Add(await BareAsync(commits, frames, Interval));
            hurried.Add(await BareAsync(commits, frames, TimeSpan.Zero));
        }

        return
        [
            Compare("acknowledgement at 20,000 lines/s, p99, against a bare commit of one row, p99", ours, theirs, Percentiles.P99) with { Bound = 5, Aim = 2 },
            Compare("the same, medians", ours, theirs, times => Statistics.Median([.. times])),
            Compare("the same, p99, against bare commits without a pause between them", ours, hurried, Percentiles.P99),
        ];
    }

    // Each round against the one beside it: a disk that stands still for a moment spoils one of them, and not the result.
    private static Row Compare(
        string what, List<IReadOnlyCollection<double>> ours, List<IReadOnlyCollection<double>> theirs, Func<IReadOnlyCollection<double>, double> figure)
    {
        double[] mine = [.. ours.Select(figure)];
        double[] bare = [.. theirs.Select(figure)];
        return new Row
        {
            What = what,
            Ours = Row.Format(Statistics.Median(mine), " ms"),
            Theirs = Row.Format(Statistics.Median(bare), " ms"),
            Figure = Statistics.PairedRatio(mine, bare),
        };
    }

    private static async Task<IReadOnlyCollection<double>> ServerAsync(AgentConnection agent, int first, int frames)
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

    private static async Task<IReadOnlyCollection<double>> BareAsync(BareCommits commits, int count, TimeSpan interval)
    {
        var times = new List<double>();
        var pace = new Pace(interval);
        for (int i = 0; i < count; i++)
        {
            long due = interval > TimeSpan.Zero ? await pace.NextAsync() : Stopwatch.GetTimestamp();
            commits.Commit();
            times.Add(Stopwatch.GetElapsedTime(due).TotalMilliseconds);
        }

        return times;
    }
}
