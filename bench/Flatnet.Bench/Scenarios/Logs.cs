using System.Diagnostics;
using System.Globalization;
using System.Text;
using Flatnet.Bench.Measuring;
using Flatnet.Bench.Report;
using Flatnet.Bench.Rivals;
using static Flatnet.Bench.Measuring.Statistics;

namespace Flatnet.Bench.Scenarios;

/// <summary>`flatnet logs` beside `podman logs` and grep: the end of a large log, a search through it, and a live line's way to the screen.</summary>
internal static class Logs
{
    private const string Needle = "request 31415926";

    public static IReadOnlyList<Row> Run(Ground ground)
    {
        using var home = new PodmanHome(ground, "logs");
        home.Import();
        home.Serve();
        long peak = 0;
        List<Row> rows = [.. Large(ground, home, ref peak), Live(ground, home)];
        rows.Add(Row.Megabytes("peak memory of these", peak * 1024.0, 0, 60));
        return rows;
    }

    private static Row[] Large(Ground ground, PodmanHome home, ref long peak)
    {
        string log = Path.Combine(ground.Options.ScratchDirectory, "large.log");
        home.Run("create", "--network", "none", "--name", "large", "--log-opt", "path=" + log, PodmanHome.Image, "/bin/sh");
        long size = ground.Options.Quick ? 100_000_000 : 1_000_000_000;
        Write(log, size);
        int rounds = ground.Options.Samples(10);
        var tail = Pairs.Run(ground, home.OverSocket("logs", "large", "--tail", "100"), home.Podman("logs", "--tail", "100", "large"), rounds);
        Step grep = home.Podman() with { Program = "/usr/bin/grep", Arguments = ["-c", Needle, log] };
        var search = Pairs.Run(ground, home.OverSocket("logs", "large", "--since", "2000-01-01", "--grep", Needle), grep, rounds);
        peak = Math.Max(tail.Ours.Concat(search.Ours).Max(sample => sample.PeakKibibytes), peak);
        File.Delete(log);
        string amount = $"{size / 1_000_000} MB";
        return
        [
            Row.Paired($"flatnet logs --tail 100 of {amount}, against podman logs", Milliseconds(tail.Ours), Milliseconds(tail.Theirs), 0.5),
            Row.Paired($"flatnet logs --grep over {amount}, against grep -c", Milliseconds(search.Ours), Milliseconds(search.Theirs), 2.0),
        ];
    }

    // As a day of one service: a line every now and then, and one in the middle that is looked for.
    private static void Write(string path, long size)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 20);
        var time = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var line = new StringBuilder();
        bool isHidden = false;
        for (long number = 0; file.Position < size; number++)
        {
            bool hides = !isHidden && file.Position > size / 2;
            isHidden |= hides;
            line.Clear();
            line.Append(CultureInfo.InvariantCulture, $"{time.AddTicks(number * 1000):yyyy-MM-dd'T'HH:mm:ss.fffffff}00+00:00 stdout F ");
            line.Append(hides ? Needle : string.Create(CultureInfo.InvariantCulture, $"GET /api/items/{number % 977} 200 {number % 43} ms agent=\"Mozilla/5.0 (X11; Linux x86_64)\" peer=10.87.1.{(number % 250) + 2}"));
            line.Append('\n');
            file.Write(Encoding.UTF8.GetBytes(line.ToString()));
        }
    }

    private static Row Live(Ground ground, PodmanHome home)
    {
        string fifo = Path.Combine(ground.Options.ScratchDirectory, "fifo");
        Tool.Run("mkfifo", fifo);
        home.Run(
            "run", "--detach", "--network", "none", "--name", "live", "--cgroup-parent", "/" + Path.GetFileName(ground.Options.ScratchDirectory),
            "--volume", fifo + ":/in", PodmanHome.Image, "/bin/sh", "-c", "while read -r line; do echo \"$line\"; done < /in");
        using var writer = new StreamWriter(new FileStream(fifo, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 1)) { AutoFlush = true };
        List<double> ours = Delays(ground, PodmanHome.Follow(home.OverSocket("logs", "-f", "--tail", "0", "live")), writer);
        List<double> theirs = Delays(ground, PodmanHome.Follow(home.Podman("logs", "-f", "--tail", "0", "live")), writer);
        return Row.Ratio("flatnet logs -f: line written to line printed, p99, against podman logs -f", Percentile(ours), Percentile(theirs), 0.2);
    }

    // Lines at uneven distances, as a service writes them, each carrying the moment it was written.
    private static List<double> Delays(Ground ground, Process follower, StreamWriter writer)
    {
        int count = ground.Options.Samples(300);
        var random = new Random(1);
        var delays = new List<double>();
        var reading = Task.Run(() =>
        {
            while (delays.Count < count && follower.StandardOutput.ReadLine() is { } line)
            {
                if (long.TryParse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture, out long written) && written > 0)
                {
                    delays.Add(System.Diagnostics.Stopwatch.GetElapsedTime(written).TotalMilliseconds);
                }
            }
        });
        Thread.Sleep(1500); // the follower finds its place; a line before that would be history
        for (int i = 0; i < count; i++)
        {
            writer.WriteLine(System.Diagnostics.Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture));
            Thread.Sleep(random.Next(2, 30));
        }

        if (!reading.Wait(TimeSpan.FromSeconds(10)))
        {
            throw new BenchException($"only {delays.Count} of {count} live lines were printed by {follower.StartInfo.FileName}");
        }

        follower.Kill();
        follower.WaitForExit();
        follower.Dispose();
        return delays;
    }

    private static double Percentile(List<double> values) => values.Order().ElementAt((int)(values.Count * 0.99));
}
