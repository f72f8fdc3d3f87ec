using System.Text.Json.Nodes;
using Flatnet.Command.Tests.Harness;

namespace Flatnet.Command.Tests.Logs.Cli;

/// <summary><c>flatnet logs --follow</c> goes on with a real container's log until there is a reason to end.</summary>
public sealed class FollowTests(PodmanService podman) : IClassFixture<PodmanService>
{
    // Counts aloud, and ends with 7 when told to.
    private static readonly string[] Counting = ["sh", "-c", "trap 'echo bye; exit 7' TERM; n=0; while :; do n=$((n+1)); echo line $n; sleep 0.1; done"];

    private (string Way, IReadOnlyDictionary<string, string> Environment)[] Ways => [("socket", podman.SocketEnvironment), ("command", podman.CommandEnvironment)];

    [HostFact]
    public void The_end_of_the_container_ends_it_and_is_told()
    {
        foreach ((string way, IReadOnlyDictionary<string, string> environment) in Ways)
        {
            string name = "ends-" + way;
            podman.Start(name, [], Counting);
            using RunningProgram logs = FlatnetProgram.Start(environment, "logs", name, "-f", "--tail", "all");
            logs.WaitForOutput("line 10\n");
            podman.Run("kill", "--signal", "TERM", name);

            CommandResult result = logs.WaitForExit().ExpectSuccess();
            string[] lines = result.Text.Split('\n');
            Assert.Equal([.. Enumerable.Range(1, lines.Length - 1).Select(number => $"line {number}"), "bye"], lines);
            Assert.Equal($"container {name} exited (code 7)\n", result.Error);
            podman.Remove(name);
        }
    }

    [HostFact]
    public void The_removal_of_the_container_ends_it_too()
    {
        foreach ((string way, IReadOnlyDictionary<string, string> environment) in Ways)
        {
            string name = "removed-" + way;
            podman.Start(name, [], Counting);
            using RunningProgram logs = FlatnetProgram.Start(environment, "logs", name, "-f");
            logs.WaitForOutput("line 3\n");
            podman.Remove(name);

            Assert.Matches($"^container {name} (was removed|exited \\(code 137\\))\n$", logs.WaitForExit().ExpectSuccess().Error);
        }
    }

    [HostFact]
    public void Ctrl_C_ends_it_with_130()
    {
        podman.Start("interrupted", [], Counting);
        foreach ((_, IReadOnlyDictionary<string, string> environment) in Ways)
        {
            using RunningProgram logs = FlatnetProgram.Start(environment, "logs", "interrupted", "-f");
            logs.WaitForOutput("line 3\n");
            logs.Signal("INT");

            CommandResult result = logs.WaitForExit();
            Assert.Equal(130, result.ExitCode);
            Assert.Empty(result.Error);
        }

        podman.Remove("interrupted");
    }

    [HostFact]
    public void A_reader_that_goes_away_ends_it_quietly()
    {
        podman.Start("piped", [], Counting);
        foreach ((_, IReadOnlyDictionary<string, string> environment) in Ways)
        {
            string[] pipe = ["sh", "-c", """{ "$0" "$@"; echo "exit code $?" >&2; } | head -n 1""", FlatnetProgram.File, "logs", "piped", "-f", "--tail", "all"];

            CommandResult result = Execution.Run(pipe, environment);

            Assert.Equal("line 1\n", result.Output);
            Assert.Equal("exit code 0\n", result.Error);
        }

        podman.Remove("piped");
    }

    [HostFact]
    public void Json_is_one_object_per_line()
    {
        podman.Start("objects", [], Counting);
        using RunningProgram logs = FlatnetProgram.Start(podman.SocketEnvironment, "logs", "objects", "-f", "--json", "--tail", "all");
        logs.WaitForOutput("\"line 10\"");
        podman.Run("kill", "--signal", "TERM", "objects");

        CommandResult result = logs.WaitForExit().ExpectSuccess();
        string[] lines = [.. result.Text.Split('\n').Select(line => (string)JsonNode.Parse(line)!["line"]!)];
        Assert.Equal([.. Enumerable.Range(1, lines.Length - 1).Select(number => $"line {number}"), "bye"], lines);
        podman.Remove("objects");
    }

    [HostFact]
    public void New_lines_are_selected_like_old_ones()
    {
        podman.Start("selected", [], Counting);
        using RunningProgram logs = FlatnetProgram.Start(podman.SocketEnvironment, "logs", "selected", "-f", "--tail", "all", "--grep", "5$", "-C", "1");
        logs.WaitForOutput("line 16\n");
        podman.Remove("selected");

        Assert.StartsWith("line 4\nline 5\nline 6\n--\nline 14\nline 15\nline 16\n", logs.WaitForExit().Output, StringComparison.Ordinal);
    }

    [HostFact]
    public void With_restarts_it_stays_while_the_container_stops_starts_and_is_replaced()
    {
        foreach ((string way, IReadOnlyDictionary<string, string> environment) in Ways)
        {
            string name = "again-" + way;
            podman.Start(name, [], "sh", "-c", "echo first life; exit 3");
            podman.Run("wait", name);
            using RunningProgram logs = FlatnetProgram.Start(environment, "logs", name, "-f", "--restarts");
            logs.WaitForOutput("first life\n");
            Eventually.True(() => logs.Errors.Contains("exited (code 3)", StringComparison.Ordinal), "the first end is told");
            podman.Run("start", name);
            Eventually.True(() => logs.Output == "first life\nfirst life\n", "the second life's line is shown");
            Eventually.True(() => logs.Errors.Split("exited (code 3)").Length == 3, "the second end is told");
            podman.Remove(name);
            podman.Start(name, [], "sh", "-c", "echo another container; sleep 1000");
            logs.WaitForOutput("another container\n");
            logs.Signal("INT");

            CommandResult result = logs.WaitForExit();
            Assert.Equal(130, result.ExitCode);
            Assert.Equal("first life\nfirst life\nanother container\n", result.Output);
            Assert.Equal(string.Concat(Enumerable.Repeat($"container {name} exited (code 3)\ncontainer {name} started\n", 2)), result.Error);
            podman.Remove(name);
        }
    }
}
