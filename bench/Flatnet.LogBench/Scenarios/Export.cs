using System.Diagnostics;
using System.Globalization;
using Flatnet.Bench.Report;
using Flatnet.LogServer.Harness;

namespace Flatnet.LogBench.Scenarios;

/// <summary>The export of a million lines: what memory it takes beyond what the server has already.</summary>
internal static class Export
{
    public static async Task<IReadOnlyList<Row>> RunAsync(Options options)
    {
        int lines = options.Amount(1_000_000);
        using LogServerProcess server = await LogServerProcess.StartAsync(options.Server, options.NewDirectory("export"), LogServerProcess.NoLimits);
        await Ingest.SendAsync(server, "export", Ingest.Make(1, lines));
        // Once for code that has not run yet, and so that what the ingest left is in the first figure.
        await ReadAsync(server, "ndjson");
        long before = server.Process.Memory("VmRSS");
        long peak = before;
        using var stop = new CancellationTokenSource();
        Task watching = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                peak = Math.Max(peak, server.Process.Memory("VmRSS"));
                await Task.Delay(5);
            }
        });
        long begin = Stopwatch.GetTimestamp();
        long count = await ReadAsync(server, "json");
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        await stop.CancelAsync();
        await watching;
        return
        [
            Row.Megabytes(string.Create(CultureInfo.InvariantCulture, $"export of {lines} lines: extra memory"), peak - before, 0, 50) with { Theirs = "" },
            new Row
            {
                What = string.Create(CultureInfo.InvariantCulture, $"the same: time for {count / 1_000_000} MB of JSON"),
                Ours = Row.Format(seconds * 1000, " ms"),
                Theirs = "",
                Figure = seconds * 1000,
                Unit = " ms",
            },
        ];
    }

    private static async Task<long> ReadAsync(LogServerProcess server, string format)
    {
        using HttpResponseMessage response = await server.Client.GetAsync($"/api/v1/tasks/export/logs/export?format={format}", HttpCompletionOption.ResponseHeadersRead);
        if (!response.IsSuccessStatusCode)
        {
            throw new BenchException($"the export gave {(int)response.StatusCode}");
        }

        await using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] buffer = new byte[1 << 20];
        long count = 0;
        while (await body.ReadAsync(buffer) is var read and > 0)
        {
            count += read;
        }

        return count;
    }
}
