using Flatnet.Agent.Capture;
using Flatnet.Agent.Pipeline;
using Flatnet.Agent.Spool;
using Flatnet.Interop;
using Flatnet.Logs;

namespace Flatnet.Agent.Tests.Pipeline;

/// <summary>Real children: what they write and how they end.</summary>
public sealed class TaskRunTests
{
    [Fact]
    public async Task Both_outputs_are_spooled_with_levels_and_numbers()
    {
        using var bench = new TaskBench();
        (TaskOutcome outcome, List<LogEntry> lines) = await bench.RunAsync(
            """
            #!/bin/sh
            echo "started in $PWD with $FROM_TASK"
            sleep 0.05
            echo 'ERROR: no' >&2
            sleep 0.05
            printf 'no end'
            """);
        Assert.Equal(new TaskOutcome(0), outcome);
        Assert.Equal([TaskState.Processing, TaskState.Completed], bench.States);
        Assert.Equal(
            [(LogSource.Stdout, LogLevel.Info, 1L, $"started in {bench.WorkDirectory} with value of it"), (LogSource.Stderr, LogLevel.Error, 1L, "ERROR: no"), (LogSource.Stdout, LogLevel.Info, 2L, "no end")],
            lines.Select(line => (line.Source, line.Level, line.LineNumber!.Value, line.Message)));
        Assert.Equal(1, bench.Metrics.Lines(LogSource.Stderr, LogLevel.Error));
    }

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("kill -9 $$", 137)]
    [InlineData("kill -SEGV $$", 139)]
    public async Task The_exit_code_is_the_childs(string script, int exitCode)
    {
        using var bench = new TaskBench();
        (TaskOutcome outcome, _) = await bench.RunAsync(script);
        Assert.Equal(new TaskOutcome(exitCode), outcome);
        Assert.Equal(TaskState.Failed, bench.States.Last());
    }

    [Fact]
    public async Task What_cannot_be_run_says_why()
    {
        using var bench = new TaskBench();
        await Refused(bench, bench.Script("plain", "#!/bin/sh\n", isExecutable: false), 126, "chmod +x");
        await Refused(bench, Path.Combine(bench.WorkDirectory, "missing"), 127, "Check the path");
        await Refused(bench, bench.Script("orphan", "#!/no/such/interpreter\n"), 127, "first line");
        await Refused(bench, bench.Script("fine", "exit 0"), 125, "--work-dir", workDirectory: "/no/such/directory");
    }

    [Fact]
    public async Task Install_execute_and_cleanup_run_in_order_and_cleanup_always()
    {
        using var bench = new TaskBench();
        TaskStep install = new("install script", bench.Script("install", "echo install"));
        TaskStep execute = new("execute script", bench.Script("execute", "echo execute; exit 4"));
        TaskStep later = new("later script", bench.Script("later", "echo later"));
        TaskStep cleanup = new("cleanup script", bench.Script("cleanup", "echo cleanup; exit 5"), IsCleanup: true);
        (TaskOutcome outcome, List<LogEntry> lines) = await bench.RunAsync([install, execute, later, cleanup]);
        Assert.Equal(4, outcome.ExitCode);
        Assert.Equal([("install", 1L), ("execute", 2L), ("cleanup", 3L)], lines.Select(line => (line.Message, line.LineNumber!.Value)));
    }

    [Fact]
    public async Task A_signal_reaches_the_whole_group()
    {
        using var bench = new TaskBench();
        TaskStep step = new("script", bench.Script("script", "trap 'echo bye; exit 7' TERM; echo ready; sleep 1000 & wait; wait"));
        (TaskOutcome outcome, List<LogEntry> lines) = await bench.RunAsync([step], run =>
        {
            TaskBench.WaitUntil(() => bench.Metrics.Lines(LogSource.Stdout, LogLevel.Info) > 0);
            run.Stop(ProcessConstants.SIGTERM);
        });
        Assert.Equal(7, outcome.ExitCode);
        // The other child would have held the pipe for five seconds and been told of.
        Assert.Equal(["ready", "bye"], lines.Where(line => line.Source == LogSource.Stdout).Select(line => line.Message));
        Assert.Contains(lines, line => line.Source == LogSource.Agent && line.Message.Contains("signal 15", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Message.Contains("left behind", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_does_not_obey_is_killed()
    {
        using var bench = new TaskBench { Timeout = TimeSpan.FromSeconds(0.3) };
        (TaskOutcome outcome, List<LogEntry> lines) = await bench.RunAsync("trap '' TERM; echo on; while :; do sleep 1; done");
        Assert.Equal(124, outcome.ExitCode);
        Assert.Equal("on", lines[0].Message);
        Assert.Contains("longer than 0.3 seconds", lines.Last(line => line.Source == LogSource.Agent).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_thousand_lines_before_the_exit_are_all_there()
    {
        using var bench = new TaskBench();
        (_, List<LogEntry> lines) = await bench.RunAsync("i=0; while [ $i -lt 10000 ]; do i=$((i+1)); echo line $i; done > all; cat all; exit 0");
        Assert.Equal(Enumerable.Range(1, 10_000).Select(n => ($"line {n}", (long?)n)), lines.Select(line => (line.Message, line.LineNumber)));
    }

    [Fact]
    public async Task A_grandchild_that_holds_the_pipe_does_not_hold_the_task()
    {
        using var bench = new TaskBench();
        (TaskOutcome outcome, List<LogEntry> lines) = await bench.RunAsync("sleep 60 & echo $! > grandchild; echo done");
        int grandchild = int.Parse(File.ReadAllText(Path.Combine(bench.WorkDirectory, "grandchild")));
        Assert.Equal(0, Libc.kill(grandchild, ProcessConstants.SIGKILL));
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal("done", lines[0].Message);
        Assert.Contains("left behind", Assert.Single(lines, line => line.Source == LogSource.Agent).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prompt_is_shown_and_the_task_waits_for_input()
    {
        using var bench = new TaskBench();
        TaskStep step = new("script", bench.Script("script", "printf 'Password? '; while [ ! -e go ]; do sleep 0.1; done; echo thanks"));
        (_, List<LogEntry> lines) = await bench.RunAsync([step], _ =>
        {
            TaskBench.WaitUntil(() => bench.States.Contains(TaskState.WaitingForInput));
            File.WriteAllText(Path.Combine(bench.WorkDirectory, "go"), "");
        });
        Assert.Equal([TaskState.Processing, TaskState.WaitingForInput, TaskState.Processing, TaskState.Completed], bench.States);
        Assert.Equal([("Password? ", true, 0L), ("Password? thanks", false, 1L)], lines.Select(line => (line.Message, line.IsPartial, line.Replaces)));
    }

    [Fact]
    public async Task Binary_output_is_text_with_replacements()
    {
        using var bench = new TaskBench();
        (_, List<LogEntry> lines) = await bench.RunAsync("""printf 'a\377b\000c\nplain\n'""");
        Assert.Equal([("a\uFFFDb\0c", """{"encoding":"invalid"}"""), ("plain", null)], lines.Select(line => (line.Message, line.Metadata)));
    }

    [Fact]
    public async Task Secrets_never_reach_the_spool_and_low_levels_are_counted()
    {
        using var bench = new TaskBench { Capture = new CaptureOptions { Level = LogLevel.Warn, StderrDefault = LogLevel.Error } };
        (_, List<LogEntry> lines) = await bench.RunAsync("echo 'DEBUG quiet'; echo 'WARN password=hunter2'; sleep 0.1; echo plain >&2");
        Assert.Equal([("WARN password=[REDACTED]", LogLevel.Warn), ("plain", LogLevel.Error)], lines.Select(line => (line.Message, line.Level)));
        Assert.Equal(1, bench.Metrics.Lines(LogSource.Stdout, LogLevel.Debug));
    }

    [Fact]
    public async Task Another_level_holds_from_the_next_line_on()
    {
        using var bench = new TaskBench();
        TaskStep step = new("script", bench.Script("script", "echo 'DEBUG one'; echo between; while [ ! -e go ]; do sleep 0.1; done; echo 'DEBUG two'"));
        (_, List<LogEntry> lines) = await bench.RunAsync([step], run =>
        {
            TaskBench.WaitUntil(() => bench.Metrics.Lines(LogSource.Stdout, LogLevel.Info) == 1);
            run.ChangeLevel(LogLevel.Debug);
            File.WriteAllText(Path.Combine(bench.WorkDirectory, "go"), "");
        });
        Assert.Equal(["between", "DEBUG two"], lines.Select(line => line.Message));
    }

    [Fact]
    public async Task A_child_that_is_silent_is_ended_when_its_lines_cannot_be_kept()
    {
        using var bench = new TaskBench();
        TaskStep step = new("script", bench.Script("script", "while [ ! -e go ]; do sleep 0.1; done; echo line; exec sleep 300"));
        await Assert.ThrowsAsync<SpoolException>(() => bench.RunAsync([step], _ =>
        {
            bench.BreakSpool();
            File.WriteAllText(Path.Combine(bench.WorkDirectory, "go"), "");
        }));
    }

    private static async Task Refused(TaskBench bench, string file, int exitCode, string hint, string? workDirectory = null)
    {
        (TaskOutcome outcome, List<LogEntry> lines) = await bench.RunAsync([new TaskStep("script", file)], workDirectory: workDirectory);
        Assert.Equal(exitCode, outcome.ExitCode);
        LogEntry line = Assert.Single(lines);
        Assert.Equal((LogSource.Agent, LogLevel.Error), (line.Source, line.Level));
        Assert.Contains(hint, line.Message, StringComparison.Ordinal);
    }
}
