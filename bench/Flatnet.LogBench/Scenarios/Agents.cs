using System.Diagnostics;
using System.Globalization;
using Flatnet.Bench.Measuring;
using Flatnet.Bench.Report;
using Flatnet.LogBench.Load;
using Flatnet.LogServer.Harness;

namespace Flatnet.LogBench.Scenarios;

/// <summary>What the agent costs the task that it runs, and the machine.</summary>
internal static class Agents
{
    // The child times itself: how long its writing took, not how long the delivery took.
    private const string Fast = """
        begin=$(date +%s%N)
        yes "$LINE" | head -n "$COUNT"
        echo $(( $(date +%s%N) - begin )) > "$RESULT"
        """;

    private const string Steady = """
        i=0
        while [ $i -lt "$COUNT" ]; do
          cat "$CHUNK"
          sleep 0.1
          i=$((i + 1))
        done
        """;

    public static async Task<IReadOnlyList<Row>> RunAsync(Options options) =>
        [await SpeedAsync(options), .. await CostAsync(options)];

    private static async Task<Row> SpeedAsync(Options options)
    {
        int lines = options.Amount(2_000_000);
        var ours = new List<double>();
        var theirs = new List<double>();
        for (int round = 0; round < (options.Quick ? 1 : 3); round++)
        {
            string directory = options.NewDirectory("speed");
            using (LogServerProcess server = await LogServerProcess.StartAsync(options.Server, Path.Combine(directory, "data"), LogServerProcess.NoLimits))
            {
                using Process agent = Start(options, server, directory, $"speed-{round}", Fast, lines);
                await agent.WaitForExitAsync();
                ours.Add(lines / Seconds(directory));
            }

            string cat = options.NewDirectory("cat");
            ProcessStartInfo start = Shell(cat, lines, "{ " + Fast + "\n} | cat > \"$OUTPUT\"");
            start.Environment["OUTPUT"] = Path.Combine(cat, "output");
            using (Process rival = Process.Start(start)!)
            {
                await rival.WaitForExitAsync();
            }

            theirs.Add(lines / Seconds(cat));
            Directory.Delete(directory, recursive: true);
            Directory.Delete(cat, recursive: true);
        }

        return new Row
        {
            What = string.Create(CultureInfo.InvariantCulture, $"a child writing {lines} lines through the agent, against the same into cat > file"),
            Ours = Ingest.Rate(ours),
            Theirs = Ingest.Rate(theirs),
            Figure = Statistics.PairedRatio(ours, theirs),
            Bound = 0.5,
            Aim = 0.9,
            IsLeast = true,
        };
    }

    private static async Task<Row[]> CostAsync(Options options)
    {
        int tenths = options.Amount(200);
        string directory = options.NewDirectory("steady");
        string chunk = Path.Combine(directory, "chunk");
        File.WriteAllLines(chunk, Enumerable.Range(0, 100).Select(number => SampleLines.Message(number)));
        using LogServerProcess server = await LogServerProcess.StartAsync(options.Server, Path.Combine(directory, "data"), LogServerProcess.NoLimits);
        using Process agent = Start(options, server, directory, "steady", Steady, tenths, ("CHUNK", chunk));
        long begin = Stopwatch.GetTimestamp();
        double processor = 0;
        double seconds = 0;
        long peak = 0;
        while (!agent.HasExited)
        {
            try
            {
                string[] fields = File.ReadAllText($"/proc/{agent.Id}/stat").Split(' ');
                string status = File.ReadLines($"/proc/{agent.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
                // utime and stime, in hundredths of a second (proc(5)); the program's name has no blank in it.
                processor = (double.Parse(fields[13], CultureInfo.InvariantCulture) + double.Parse(fields[14], CultureInfo.InvariantCulture)) / 100;
                seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
                peak = long.Parse(status.AsSpan(6, status.Length - 8).Trim(), CultureInfo.InvariantCulture) * 1024;
            }
            catch (Exception exception) when (exception is IOException or InvalidOperationException)
            {
                // It has just ended.
            }

            await Task.Delay(100);
        }

        double percent = 100 * processor / seconds;
        return
        [
            Row.Megabytes("agent: peak memory at 1,000 lines/s", peak, 0, 60) with { Theirs = "", Aim = 30 },
            new Row
            {
                What = "agent: processor at 1,000 lines/s",
                Ours = Row.Format(percent, " %"),
                Theirs = "",
                Figure = percent,
                Unit = " %",
                Bound = 5,
                Aim = 1,
            },
        ];
    }

    private static double Seconds(string directory) =>
        double.Parse(File.ReadAllText(Path.Combine(directory, "result")), CultureInfo.InvariantCulture) / 1e9;

    private static Process Start(
        Options options, LogServerProcess server, string directory, string taskId, string script, int count, params (string Name, string Value)[] variables)
    {
        string file = Path.Combine(directory, "script.sh");
        File.WriteAllText(file, "#!/bin/sh\n" + script);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // What the agent shows of the lines goes nowhere, as in a unit: a reader here would take the processors from both.
        ProcessStartInfo start = Shell(directory, count, "exec \"$0\" \"$@\" > /dev/null");
        start.ArgumentList.Add(options.Agent);
        string configuration = Path.Combine(directory, "agent.yaml");
        File.WriteAllText(configuration, "logStreaming:\n  performance:\n    rateLimitPerSecond: 0\n");
        foreach (string argument in new[] { "execute", "--config", configuration, "--task-id", taskId, "--script", file, "--work-dir", directory })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["FLATNET_API_URL"] = server.Address.ToString();
        start.Environment["FLATNET_WEBSOCKET_URL"] = new UriBuilder(server.Address) { Scheme = "ws", Path = "/ws/tasks" }.ToString();
        start.Environment["FLATNET_AUTH_TOKEN"] = LogServerProcess.Token;
        start.Environment["FLATNET_SPOOL_DIR"] = Path.Combine(directory, "spool");
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        Process agent = Process.Start(start) ?? throw new BenchException($"{options.Agent} did not start");
        agent.BeginOutputReadLine();
        agent.BeginErrorReadLine();
        return agent;
    }

    private static ProcessStartInfo Shell(string directory, int count, string script)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        start.Environment["LINE"] = SampleLines.Message(1);
        start.Environment["COUNT"] = count.ToString(CultureInfo.InvariantCulture);
        start.Environment["RESULT"] = Path.Combine(directory, "result");
        return start;
    }
}
