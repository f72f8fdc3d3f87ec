using System.Diagnostics;
using System.Globalization;
using Flatnet.Bench.Report;
using Flatnet.LogBench.Load;
using Flatnet.LogServer.Harness;

namespace Flatnet.LogBench.Scenarios;

/// <summary>Ten million lines in a hundred tasks: what a viewer asks, what it costs on disk, and how soon the server is back.</summary>
internal static class Queries
{
    private const int Tasks = 100;
    private const int Senders = 4;

    public static async Task<IReadOnlyList<Row>> RunAsync(Options options)
    {
        int perTask = options.Amount(100_000);
        long total = (long)perTask * Tasks;
        string directory = options.NewDirectory("queries");
        var rows = new List<Row>();
        using (LogServerProcess server = await LogServerProcess.StartAsync(options.Server, directory, LogServerProcess.NoLimits))
        {
            await FillAsync(server, perTask);
            rows.AddRange(await AskAsync(server, perTask, total));
        }

        long bytes = Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        rows.Add(new Row
        {
            What = string.Create(CultureInfo.InvariantCulture, $"stored bytes per line of {SampleLines.Length}"),
            Ours = Row.Format((double)bytes / total, " B"),
            Theirs = "",
            Figure = (double)bytes / total,
            Unit = " B",
            Bound = 300,
            Aim = 100,
        });
        using LogServerProcess again = await LogServerProcess.StartAsync(options.Server, directory, LogServerProcess.NoLimits);
        rows.Add(new Row
        {
            What = string.Create(CultureInfo.InvariantCulture, $"ready after a kill, with {total / 1_000_000.0} M lines"),
            Ours = Row.Format(again.ReadyAfter.TotalMilliseconds, " ms"),
            Theirs = "",
            Figure = again.ReadyAfter.TotalMilliseconds,
            Unit = " ms",
            Bound = 3 * 5000,
            Aim = 1000,
        });
        return rows;
    }

    private static async Task FillAsync(LogServerProcess server, int perTask) => await Task.WhenAll(Enumerable.Range(0, Senders).Select(async sender =>
    {
        for (int task = sender; task < Tasks; task += Senders)
        {
            await Ingest.SendAsync(server, $"task-{task}", Ingest.Make(task, perTask));
        }
    }));

    private static async Task<List<Row>> AskAsync(LogServerProcess server, int perTask, long total)
    {
        var random = new Random(1);
        string Task() => "/api/v1/tasks/task-" + random.Next(Tasks);
        const int Rounds = 300;
        return
        [
            await RowAsync(server, "tail of 100", Rounds, () => Task() + "/logs?tail=100", 10, 2),
            await RowAsync(server, "page of 100 after a cursor", Rounds, () => $"{Task()}/logs?limit=100&after_seq={random.Next(perTask - 100)}", 10, 2),
            await RowAsync(server, "statistics of a task", Rounds, () => Task() + "/logs/stats", 10, 2),
            await RowAsync(server, "page of 100 of one level", Rounds, () => $"{Task()}/logs?limit=100&level=ERROR&after_seq={random.Next(perTask / 2)}", 20, 5),
            await RowAsync(
                server, $"a text in one task of {perTask} lines", 30,
                () => $"{Task()}/logs?limit=100&q={Uri.EscapeDataString("no line says " + random.Next())}", 60, 15),
            await RowAsync(
                server, string.Create(CultureInfo.InvariantCulture, $"a text in all {total / 1_000_000.0} M lines, first 100"), 5,
                () => $"/api/v1/search?limit=100&q={Uri.EscapeDataString(SampleLines.Needle)}", 1000, 100),
        ];
    }

    private static async Task<Row> RowAsync(LogServerProcess server, string what, int rounds, Func<string> path, double bound, double aim)
    {
        var times = new List<double>();
        for (int i = 0; i < rounds + 10; i++)
        {
            string address = path();
            long begin = Stopwatch.GetTimestamp();
            using HttpResponseMessage response = await server.Client.GetAsync(address);
            byte[] body = await response.Content.ReadAsByteArrayAsync();
            double time = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            if (!response.IsSuccessStatusCode)
            {
                throw new BenchException($"GET {address} gave {(int)response.StatusCode}: {System.Text.Encoding.UTF8.GetString(body)}");
            }

            // The first ten are for code that has not run yet.
            if (i >= Math.Min(10, rounds))
            {
                times.Add(time);
            }
        }

        double p99 = Percentiles.P99(times);
        return new Row
        {
            What = what + ", p99",
            Ours = Row.Format(p99, " ms"),
            Theirs = "",
            Figure = p99,
            Unit = " ms",
            Bound = 3 * bound,
            Aim = aim,
        };
    }
}
