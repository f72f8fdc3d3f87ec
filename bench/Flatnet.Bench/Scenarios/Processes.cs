using Flatnet.Bench.Report;
using Flatnet.Bench.Rivals;

namespace Flatnet.Bench.Scenarios;

/// <summary>An ADD is one process: strace sees one execve, the first, and nothing that makes another process.</summary>
internal static class Processes
{
    public static IReadOnlyList<Row> Run(Ground ground)
    {
        var flatnet = ground.Flatnet("flatnet-trace");
        var bridge = ground.Bridge("bridge-trace");
        ground.Settle(flatnet, bridge);
        var ours = Count(ground, flatnet);
        var theirs = Count(ground, bridge);
        return
        [
            Counted("execve in an ADD, under strace -f (rival: bridge)", ours.Executed, theirs.Executed, 1),
            Counted("fork in an ADD, under strace -f (rival: bridge)", ours.Forked, theirs.Forked, 0),
        ];
    }

    private static (int Executed, int Forked) Count(Ground ground, Plugin plugin)
    {
        var trace = Path.Combine(ground.Options.StreamDirectory, plugin.Name, "trace");
        var container = new Container("traced-" + plugin.Name, ground.Namespace("traced-" + plugin.Name));
        var step = plugin.Add(container);
        ground.Stopwatch.Run(step with
        {
            Program = "/usr/bin/strace",
            // '?': not every architecture has all of them.
            Arguments = ["-f", "-qq", "-e", "trace=execve,execveat,?fork,?vfork,clone,?clone3", "-o", trace, step.Program],
        });
        ground.Stopwatch.Run(plugin.Delete(container));

        // A call that another thread interrupts is shown as "name(... <unfinished ...>" and later "<... name resumed>".
        var calls = File.ReadLines(trace).Where(line => !line.Contains("resumed>", StringComparison.Ordinal)).ToList();
        var executed = calls.Count(line =>
            line.Contains("execve", StringComparison.Ordinal) && !line.Contains(" = -1 ", StringComparison.Ordinal));
        var forked = calls.Count(line =>
            line.Contains("fork(", StringComparison.Ordinal)
            || (line.Contains("clone", StringComparison.Ordinal) && !line.Contains("CLONE_THREAD", StringComparison.Ordinal)));
        return (executed, forked);
    }

    private static Row Counted(string what, int ours, int theirs, int bound) =>
        new() { What = what, Ours = $"{ours}", Theirs = $"{theirs}", Figure = ours, Bound = bound };
}
