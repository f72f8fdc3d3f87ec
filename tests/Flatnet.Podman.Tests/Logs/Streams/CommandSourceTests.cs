using Flatnet.Podman.Logs;

namespace Flatnet.Podman.Tests.Logs.Streams;

public sealed class CommandSourceTests
{
    [Fact]
    public void Both_channels_come_in_the_order_of_their_stamps()
    {
        using Script podman = new("podman", """
            echo '2026-11-21T12:00:00.000000001Z one'
            echo '2026-11-21T12:00:00.000000002Z two' >&2
            echo '2026-11-21T12:00:00.000000003Z three'
            echo '2026-11-21T12:00:00.000000004Z four' >&2
            """);
        List<LogRecord> lines = Log(podman).Read(new LogQuery());
        Assert.Equal(["one", "two", "three", "four"], lines.Select(line => line.Text()));
        Assert.Equal([LogChannel.Output, LogChannel.Error, LogChannel.Output, LogChannel.Error], lines.Select(line => line.Channel));
        Assert.Equal("logs --timestamps abc\n", podman.Arguments);
    }

    [Fact]
    public void Stamps_in_the_middle_of_a_line_are_taken_out()
    {
        using Script podman = new("podman", """
            echo '2026-11-21T12:00:00.000000001Z part 2026-11-21T12:00:00.500000002Z end, seen 2026-11-21T11:00:00.000000001Z'
            """);
        Assert.Equal(["part end, seen 2026-11-21T11:00:00.000000001Z"], Log(podman).Read(new LogQuery()).Select(line => line.Text()));
    }

    [Fact]
    public void A_long_log_on_standard_error_does_not_block()
    {
        using Script podman = new("podman", """
            i=0
            while [ $i -lt 5000 ]; do echo "2026-11-21T12:00:00.000000001Z a line of some length that fills the pipe $i" >&2; i=$((i+1)); done
            echo '2026-11-21T12:00:01.000000001Z last'
            """);
        List<LogRecord> lines = Log(podman).Read(new LogQuery());
        Assert.Equal(5001, lines.Count);
        Assert.Equal("last", lines[^1].Text());
    }

    [Fact]
    public void Its_failure_is_told_with_its_own_words()
    {
        using Script podman = new("podman", "echo 'Error: this container is using the none log driver, cannot read logs' >&2; exit 125");
        EngineException problem = Assert.Throws<EngineException>(() => Log(podman).Read(new LogQuery()));
        Assert.EndsWith("failed: this container is using the none log driver, cannot read logs", problem.Message, StringComparison.Ordinal);
        Assert.Contains("--log-driver k8s-file", problem.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_with_its_reader()
    {
        using Script podman = new("podman", "echo $$ > \"$0.process\"; echo '2026-11-21T12:00:00.000000001Z one'; exec sleep 1000");
        FakeLife life = new();
        await using (Following following = new(new StreamedLog(new CommandSource(podman.Path, "abc"), life, false), new LogQuery { Since = LogLines.Noon }))
        {
            Assert.Equal(["one"], await following.NextAsync(1));
            Assert.True(Directory.Exists($"/proc/{(await File.ReadAllTextAsync(podman.Path + ".process")).Trim()}"));
        }

        Assert.False(Directory.Exists($"/proc/{(await File.ReadAllTextAsync(podman.Path + ".process")).Trim()}"));
        Assert.Equal("logs --timestamps --since=2026-11-21T11:59:59.000000000Z abc\n", podman.Arguments);
    }

    private static StreamedLog Log(Script podman)
    {
        return new StreamedLog(new CommandSource(podman.Path, "abc"), new FakeLife(), false);
    }
}
