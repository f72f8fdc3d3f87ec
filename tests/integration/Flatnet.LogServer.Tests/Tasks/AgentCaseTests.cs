using System.Text;
using Flatnet.LogServer.Harness;
using Flatnet.LogServer.Tests.Support;

namespace Flatnet.LogServer.Tests.Tasks;

/// <summary>What tasks do to those who read them, from the child's pipe to the store.</summary>
public sealed class AgentCaseTests
{
    [Fact]
    public async Task Ten_thousand_lines_in_the_last_moment_before_the_end_all_arrive()
    {
        IReadOnlyList<StoredLine> lines = await RunAsync("seq -f 'line %.0f' 1 10000; exit 7", exitCode: 7);
        ExactlyOnce.AssertNumbered(lines, 10_000);
    }

    [Fact]
    public async Task A_line_of_a_megabyte_arrives_in_parts_that_make_it_whole()
    {
        IReadOnlyList<StoredLine> lines = await RunAsync("head -c 1048576 /dev/zero | tr '\\0' x; echo; echo after");
        List<StoredLine> script = [.. lines.Where(line => line.Source == "stdout")];
        Assert.Equal(new string('x', 1 << 20), string.Concat(script.SkipLast(1).Select(line => line.Message)));
        Assert.Equal("after", script[^1].Message);
    }

    [Fact]
    public async Task Output_without_a_line_end_arrives()
    {
        IReadOnlyList<StoredLine> lines = await RunAsync("printf 'no line end'");
        Assert.Equal("no line end", Assert.Single(lines, line => line.Source == "stdout").Message);
    }

    [Fact]
    public async Task Binary_output_arrives_as_text_with_replacement_characters()
    {
        IReadOnlyList<StoredLine> lines = await RunAsync("printf 'a\\377\\376b\\n\\000c\\n'");
        Assert.Equal(["a\ufffd\ufffdb", "\0c"], lines.Where(line => line.Source == "stdout").Select(line => line.Message));
    }

    [Fact]
    public async Task A_grandchild_that_holds_the_pipe_is_not_waited_for_for_ever()
    {
        IReadOnlyList<StoredLine> lines = await RunAsync("echo begin; (sleep 60; echo never) & echo end");
        Assert.Equal(["begin", "end"], lines.Where(line => line.Source == "stdout").Select(line => line.Message));
    }

    [Fact]
    public async Task The_order_of_both_outputs_is_kept()
    {
        var script = new StringBuilder();
        for (int i = 1; i <= 40; i++)
        {
            // A pause, so that the order in which the two pipes are read is that in which they were written.
            script.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"echo 'line {i}' {(i % 2 == 0 ? ">&2" : "")}; sleep 0.02");
        }

        IReadOnlyList<StoredLine> lines = await RunAsync(script.ToString());
        ExactlyOnce.AssertNumbered(lines, 40);
        Assert.Equal(20, lines.Count(line => line.Source == "stderr"));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_an_hour_changes_no_order()
    {
        using var directory = new TemporaryDirectory();
        string clock = Path.Combine(directory.Path, "clock");
        await File.WriteAllTextAsync(clock, "+0");
        IReadOnlyList<StoredLine> lines = await RunAsync(
            // The pause is for the agent, which stamps what it reads, to have read the first lines.
            $"seq -f 'line %.0f' 1 5; sleep 1; echo -1h > {clock}; seq -f 'line %.0f' 6 10",
            ("LD_PRELOAD", "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"),
            ("FAKETIME_TIMESTAMP_FILE", clock),
            ("FAKETIME_NO_CACHE", "1"),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1"));
        ExactlyOnce.AssertNumbered(lines, 10);
        Assert.True(string.CompareOrdinal(lines[9].Timestamp, lines[0].Timestamp) < 0, $"The clock was not set back: {lines[0].Timestamp}, {lines[9].Timestamp}");
    }

    [Fact]
    public async Task A_secret_reaches_neither_the_spool_nor_the_store_nor_the_echo()
    {
        using var directory = new TemporaryDirectory();
        using LogServerProcess server = await LogServerProcess.StartAsync(Repository.Server, directory.Make("data"), LogServerProcess.NoLimits);
        string home = directory.Make("agent");
        // Put together by the script, so that it stands in no file of the test's own.
        using RunningProgram agent = AgentProgram.Execute(Repository.Agent, server.Address, "secret", "a=hunter; echo \"password=${a}2000 for the database\"", home);
        Assert.Equal(0, await agent.WaitForExitAsync());
        StoredLine line = Assert.Single(await TaskReader.ExportAsync(server.Client, "secret"), line => line.Source == "stdout");
        Assert.Equal("password=[REDACTED] for the database", line.Message);
        Assert.DoesNotContain("hunter2000", string.Join('\n', agent.Output.Concat(agent.Errors)), StringComparison.Ordinal);
        foreach (string file in Directory.EnumerateFiles(directory.Path, "*", SearchOption.AllDirectories))
        {
            Assert.False((await File.ReadAllBytesAsync(file)).AsSpan().IndexOf("hunter2000"u8) >= 0, $"{file} has the secret in it.");
        }
    }

    private static Task<IReadOnlyList<StoredLine>> RunAsync(string script, params (string Name, string Value)[] settings) => RunAsync(script, 0, settings);

    private static async Task<IReadOnlyList<StoredLine>> RunAsync(string script, int exitCode, params (string Name, string Value)[] settings)
    {
        using var directory = new TemporaryDirectory();
        using LogServerProcess server = await LogServerProcess.StartAsync(Repository.Server, directory.Make("data"), [.. LogServerProcess.NoLimits, ("FLATNET_FILTERS_MAX_MESSAGE_LENGTH", "65536")]);
        using RunningProgram agent = AgentProgram.Execute(Repository.Agent, server.Address, "task", script, directory.Make("agent"), settings);
        Assert.Equal(exitCode, await agent.WaitForExitAsync());
        IReadOnlyList<StoredLine> lines = await TaskReader.ExportAsync(server.Client, "task");
        ExactlyOnce.AssertOrder(lines);
        string task = await server.Client.GetStringAsync("/api/v1/tasks/task");
        Assert.Contains(exitCode == 0 ? "COMPLETED" : "FAILED", task, StringComparison.Ordinal);
        return lines;
    }
}
