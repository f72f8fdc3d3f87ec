using System.Text.Json.Nodes;
using Flatnet.Command.Tests.Harness;

namespace Flatnet.Command.Tests.Logs.Cli;

/// <summary><c>flatnet logs</c> of one container shows the same lines in whatever way it reads them.</summary>
public sealed class SelectionTests(MixedLog log) : IClassFixture<MixedLog>
{
    [HostTheory]
    [InlineData("123456")]
    [InlineData("56", "--tail", "2")]
    [InlineData("", "--tail", "0")]
    [InlineData("123456", "-n", "all")]
    [InlineData("123456", "--since", "1h")]
    [InlineData("6", "--since", "1h", "--tail", "1")]
    [InlineData("", "--until", "1h")]
    [InlineData("3", "--grep", "disk")]
    [InlineData("34", "--grep", "a.b")]
    [InlineData("3", "--grep", "a.b", "-F")]
    [InlineData("3", "--grep", "DISK", "-i")]
    [InlineData("1345", "--grep", "INFO", "-v")]
    [InlineData("6", "--grep", "INFO", "--grep", "[0-9]$")]
    [InlineData("2", "--grep", "^(INFO|DEBUG)", "--tail", "3", "--exclude", "faults|details")]
    [InlineData("345", "--grep", "memory", "-C", "1")]
    [InlineData("45", "--grep", "memory", "-A", "1")]
    [InlineData("34", "--grep", "memory", "-B", "1")]
    [InlineData("6", "--grep", "INFO", "--tail", "1")]
    [InlineData("3", "--level", "error")]
    [InlineData("45", "--level", "warn,debug")]
    [InlineData("26", "--level", "info", "--grep", "INFO")]
    [InlineData("1246", "--stdout")]
    [InlineData("35", "--stderr")]
    [InlineData("123456", "--stdout", "--stderr")]
    [InlineData("12", "--limit", "2")]
    [InlineData("356", "--exclude", "low", "--tail", "3")]
    public void Every_way_of_reading_selects_the_same_lines(string numbers, params string[] options)
    {
        string[] expected = [.. numbers.Select(number => MixedLog.Lines[number - '1'])];
        foreach ((string container, IReadOnlyDictionary<string, string> environment) in log.Ways)
        {
            CommandResult result = Logs(environment, [container, .. options]);

            Assert.Equal(expected, result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.Equal(expected.Length == 0 ? "No logs found.\n" : "", result.Error);
        }
    }

    [HostFact]
    public void Following_what_has_ended_shows_the_same_lines_and_how_it_ended()
    {
        foreach ((string container, IReadOnlyDictionary<string, string> environment) in log.Ways)
        {
            CommandResult result = Logs(environment, container, "--follow", "--tail", "2");

            Assert.Equal(MixedLog.Lines[4..], result.Text.Split('\n'));
            Assert.Equal($"container {container} exited (code 0)\n", result.Error);
        }
    }

    [HostFact]
    public void Json_tells_time_stream_and_level_of_each_line()
    {
        string[] stamps = Stamps();

        JsonNode document = JsonNode.Parse(Logs(log.Podman.SocketEnvironment, "open", "--json").Output)!;

        Assert.Equal("open", (string?)document["target"]);
        Assert.Equal("podman", (string?)document["source"]);
        Assert.Empty(document["warnings"]!.AsArray());
        JsonArray entries = document["entries"]!.AsArray();
        Assert.Equal(MixedLog.Lines, entries.Select(entry => (string?)entry!["line"]));
        Assert.Equal(["stdout", "stdout", "stderr", "stdout", "stderr", "stdout"], entries.Select(entry => (string?)entry!["stream"]));
        Assert.Equal(["INFO", "ERROR", "WARN", "DEBUG", "INFO"], entries.Skip(1).Select(entry => (string?)entry!["level"]));
        Assert.Equal(stamps.Select(DateTimeOffset.Parse), entries.Select(entry => DateTimeOffset.Parse((string)entry!["timestamp"]!)));
        Assert.All(entries, entry => Assert.Equal("open", (string?)entry!["target"]));
    }

    [HostFact]
    public void Json_without_lines_is_still_a_document()
    {
        CommandResult result = Logs(log.Podman.SocketEnvironment, "open", "--json", "--tail", "0");

        Assert.Empty(JsonNode.Parse(result.Output)!["entries"]!.AsArray());
        Assert.Empty(result.Error);
    }

    [HostFact]
    public void Formats_print_what_they_say()
    {
        IReadOnlyDictionary<string, string> environment = log.Podman.SocketEnvironment;

        Assert.Equal("WARN memory low: aXb\n", Logs(environment, "open", "--grep", "low", "--output", "raw").Output);
        Assert.Equal("stderr ERROR ERROR disk full: a.b open podman\n",
            Logs(environment, "open", "--level", "error", "--output", "{{.Stream}} {{.Level}} {{.Line}} {{.Target}} {{.Source}}").Output);
        string[] objects = Logs(environment, "open", "--output", "jsonl").Text.Split('\n');
        Assert.Equal(MixedLog.Lines, objects.Select(line => (string?)JsonNode.Parse(line)!["line"]));
    }

    [HostFact]
    public void Timestamps_are_those_of_podman_to_the_millisecond()
    {
        string[] stamps = Stamps();
        foreach ((string container, IReadOnlyDictionary<string, string> environment) in log.Ways.Where(way => way.Container == "open"))
        {
            string[] lines = Logs(environment, container, "--timestamps").Text.Split('\n');

            Assert.Equal(stamps.Zip(MixedLog.Lines, (stamp, line) => $"{DateTimeOffset.Parse(stamp).UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {line}"), lines);
        }
    }

    [HostFact]
    public void Since_and_until_take_the_nanosecond()
    {
        string[] stamps = Stamps();

        CommandResult result = Logs(log.Podman.SocketEnvironment, "open", "--since", stamps[2], "--until", stamps[4]);

        Assert.Equal(MixedLog.Lines[2..4], result.Text.Split('\n'));
    }

    [HostTheory]
    [InlineData("--grep: '(' is not a regular expression", "--grep", "(")]
    [InlineData("--grep: the expression '(?=x)' looks around", "--grep", "(?=x)")]
    [InlineData("--since: ", "--since", "yesterdayish")]
    [InlineData("--until: ", "--until", "5parsecs")]
    [InlineData("--since must be before --until", "--since", "1h", "--until", "2h")]
    [InlineData("--tail: 'many' is not a number of lines", "--tail", "many")]
    [InlineData("--tail: '-5' is not a number of lines", "--tail", "-5")]
    [InlineData("--level: 'loud' is not a level", "--level", "loud")]
    [InlineData("--output: 'xml' is not a format", "--output", "xml")]
    [InlineData("--provider: 'stone' is not known", "--provider", "stone")]
    [InlineData("--restarts works only together with --follow", "--restarts")]
    public void A_wrong_option_is_a_usage_error(string message, params string[] options)
    {
        CommandResult result = FlatnetProgram.Run(log.Podman.SocketEnvironment, ["logs", "open", .. options]);

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith($"Error: {message}", result.Error, StringComparison.Ordinal);
    }

    [HostFact]
    public void An_unknown_name_is_told_with_near_ones()
    {
        foreach (IReadOnlyDictionary<string, string> environment in (IReadOnlyDictionary<string, string>[])[log.Podman.SocketEnvironment, log.Podman.CommandEnvironment])
        {
            CommandResult result = FlatnetProgram.Run(environment, "logs", "hiden");

            Assert.Equal(1, result.ExitCode);
            Assert.Equal(
                """
                Error: Container or component 'hiden' not found.

                Did you mean: hidden?
                Known components: gateway, cni, prometheus, grafana, loki
                Or specify a container name (use 'flatnet ps' to list containers)

                """,
                result.Error);
        }
    }

    [HostFact]
    public void An_image_is_not_a_container()
    {
        Assert.Contains("'localhost/box:1' not found", FlatnetProgram.Run(log.Podman.CommandEnvironment, "logs", "localhost/box:1").ExpectFailure().Error, StringComparison.Ordinal);
    }

    private static CommandResult Logs(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        return FlatnetProgram.Run(environment, ["logs", .. arguments]).ExpectSuccess();
    }

    // Podman's command writes each channel's lines to a stream of its own; the stamps bring them together again.
    private string[] Stamps()
    {
        string[] command = ["/bin/sh", "-c", $"'{log.Podman.CommandDirectory}/podman' logs -t open 2>&1"];
        return [.. Execution.Run(command).ExpectSuccess().Text.Split('\n').Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal)];
    }
}
