using System.Text;
using Flatnet.Podman.Logs;

namespace Flatnet.Podman.Tests.Logs.Streams;

/// <summary>No journal runs where these tests do: the entries follow its documentation and were not recorded from one.</summary>
public sealed class JournalSourceTests
{
    private const string Entries = """
        {"PRIORITY":"6","MESSAGE":"one","__REALTIME_TIMESTAMP":"1795262400000001","CONTAINER_ID_FULL":"abc"}
        {"PRIORITY":"3","MESSAGE":[206,177,255],"__REALTIME_TIMESTAMP":"1795262400000002"}
        not json
        {"PRIORITY":"6","MESSAGE":"part, ","CONTAINER_PARTIAL_MESSAGE":"true","__REALTIME_TIMESTAMP":"1795262400000003"}
        {"PRIORITY":"6","MESSAGE":"end","__REALTIME_TIMESTAMP":"1795262400000004"}
        {"PRIORITY":"6","MESSAGE":null,"__REALTIME_TIMESTAMP":"1795262400000005"}
        {"PRIORITY":["6","3"],"MESSAGE":["a","b"],"__REALTIME_TIMESTAMP":"1795262400000006"}
        """;

    [Fact]
    public void Entries_become_lines()
    {
        using Script journalctl = new("journalctl", $"cat <<'END'\n{Entries}\nEND");
        List<LogRecord> lines = new StreamedLog(new JournalSource(journalctl.Path, "abc"), new FakeLife(), false).Read(new LogQuery());
        Assert.Equal(
            [
                new LogRecord(LogLines.Noon + 1000, LogChannel.Output, "one"u8.ToArray()).Show(),
                new LogRecord(LogLines.Noon + 2000, LogChannel.Error, new byte[] { 206, 177, 255 }).Show(),
                new LogRecord(LogLines.Noon + 4000, LogChannel.Output, "part, end"u8.ToArray()).Show(),
            ],
            lines.Select(LogLines.Show));
        Assert.Equal("--output=json --no-pager --quiet --all CONTAINER_ID_FULL=abc\n", journalctl.Arguments);
    }

    [Fact]
    public void Its_failure_is_told_with_advice()
    {
        using Script journalctl = new("journalctl", "echo 'No journal files were opened due to insufficient permissions.' >&2; exit 1");
        EngineException problem = Assert.Throws<EngineException>(() =>
            new StreamedLog(new JournalSource(journalctl.Path, "abc"), new FakeLife(), false).Read(new LogQuery()));
        Assert.Contains("insufficient permissions", problem.Message, StringComparison.Ordinal);
        Assert.Contains("systemd-journal", problem.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"MESSAGE\":\"x\"}")]
    [InlineData("{\"MESSAGE\":\"x\",\"__REALTIME_TIMESTAMP\":\"soon\"}")]
    [InlineData("{\"MESSAGE\":\"x\",\"__REALTIME_TIMESTAMP\":\"9223372036854775807\"}")]
    [InlineData("{\"MESSAGE\":\"\\ud800\",\"__REALTIME_TIMESTAMP\":\"1\"}")]
    [InlineData("{\"MESSAGE\":[1,256],\"__REALTIME_TIMESTAMP\":\"1\"}")]
    [InlineData("")]
    public void What_is_no_entry_is_left_out(string line)
    {
        Assert.False(JournalEntry.TryParse(Encoding.UTF8.GetBytes(line), out _));
    }
}
