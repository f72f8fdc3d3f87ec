using Flatnet.Logs;
using Flatnet.Logs.Redaction;
using Flatnet.Server.Ingest;

namespace Flatnet.Server.Tests.Ingest;

public sealed class StreamRedactorsTests
{
    private readonly StreamRedactors _redactors = new(new());

    [Fact]
    public void Lines_without_secrets_stay_the_same_list()
    {
        LogEntry[] lines = Sample.Stream("s", 1, 3);
        Assert.Same(lines, _redactors.Redact("t", lines));
    }

    [Fact]
    public void Secrets_are_masked_and_the_other_lines_stay()
    {
        LogEntry[] lines = [Sample.Line("a"), Sample.Line("password=hunter2"), Sample.Line("b")];
        IReadOnlyList<LogEntry> redacted = _redactors.Redact("t", lines);
        Assert.Equal(["a", $"password={LineRedactor.Mark}", "b"], redacted.Select(line => line.Message));
    }

    [Fact]
    public void A_private_key_is_masked_over_several_writes_of_its_stream_and_no_other()
    {
        string begin = "-----BEGIN RSA " + "PRIVATE KEY-----";
        _redactors.Redact("t", [Sample.Line(begin, "s", 1)]);
        IReadOnlyList<LogEntry> other = _redactors.Redact("t", [Sample.Line("MIIEow", "other", 1)]);
        IReadOnlyList<LogEntry> same = _redactors.Redact("t", [Sample.Line("MIIEow", "s", 2)]);
        Assert.Equal("MIIEow", other[0].Message);
        Assert.DoesNotContain("MIIEow", same[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_are_not_to_be_kept_are_left_out()
    {
        var redactors = new StreamRedactors(new() { IncludePatterns = ["keep"], Budget = TimeSpan.FromSeconds(30) });
        IReadOnlyList<LogEntry> redacted = redactors.Redact("t", [Sample.Line("keep 1"), Sample.Line("other"), Sample.Line("keep 2")]);
        Assert.Equal(["keep 1", "keep 2"], redacted.Select(line => line.Message));
    }

    [Fact]
    public void Silent_streams_are_forgotten()
    {
        for (int i = 0; i < 5000; i++)
        {
            _redactors.Redact("t", [Sample.Line("x", $"stream{i}", 1)]);
        }

        Assert.Equal(4096, _redactors.Count);
    }
}
