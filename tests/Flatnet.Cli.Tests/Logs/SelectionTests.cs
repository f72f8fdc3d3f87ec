using Flatnet.Cli.Hosting;

namespace Flatnet.Cli.Tests.Logs;

public class SelectionTests : IDisposable
{
    private readonly LogsBench _bench = new();

    public SelectionTests() => _bench.Container(
        "web", "INFO one", "ERROR two", "  at Main", "INFO three error", "! WARN four", "FATAL five", "TRACE six", "DEBUG seven", "plain eight");

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("--grep error", "INFO three error\n")]
    [InlineData("--grep error -i", "ERROR two\nINFO three error\n")]
    [InlineData("--grep [IE]R --grep two", "ERROR two\n")]
    [InlineData("--grep O.*e", "INFO one\nINFO three error\n")]
    [InlineData("--grep O.*e -F", "")]
    [InlineData("--grep I -v --grep R", "  at Main\nFATAL five\nDEBUG seven\nplain eight\n", "TRACE")]
    [InlineData("--exclude [A-Z]{3,}", "  at Main\nplain eight\n")]
    [InlineData("--level error", "ERROR two\nFATAL five\n", "at Main")]
    [InlineData("--level DEBUG", "TRACE six\nDEBUG seven\n")]
    [InlineData("--level warn,trace", "WARN four\nTRACE six\n")]
    [InlineData("--stderr", "WARN four\n")]
    [InlineData("--stdout --grep four", "")]
    [InlineData("--tail 2", "DEBUG seven\nplain eight\n")]
    [InlineData("--tail 0", "")]
    [InlineData("--tail 1 --grep INFO", "INFO three error\n")]
    [InlineData("--tail 1 --level error", "FATAL five\n")]
    [InlineData("--limit 2", "INFO one\nERROR two\n")]
    [InlineData("--grep two -A1", "ERROR two\n  at Main\n")]
    [InlineData("--grep two -B 1", "INFO one\nERROR two\n")]
    [InlineData("--grep two|six -C 1", "INFO one\nERROR two\n  at Main\n--\nFATAL five\nTRACE six\nDEBUG seven\n")]
    [InlineData("--grep two|three -C 1", "INFO one\nERROR two\n  at Main\nINFO three error\nWARN four\n")]
    [InlineData("--grep two|six -C 1 --tail 1", "FATAL five\nTRACE six\nDEBUG seven\n")]
    [InlineData("--grep two -C 1 --exclude Main", "INFO one\nERROR two\nINFO three error\n")]
    public async Task Exactly_the_wanted_lines_are_shown(string options, string expected, string missing = "nothing")
    {
        string shown = await _bench.LinesAsync(["web", .. options.Split(' ')]);
        Assert.Equal(expected, shown);
        Assert.DoesNotContain(missing, shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_to_show_is_said_on_standard_error()
    {
        Assert.Equal("", await _bench.LinesAsync("web", "--grep", "nowhere"));
        Assert.Equal("No logs found.\n", _bench.Error);
    }

    [Theory]
    [InlineData("--tail x")]
    [InlineData("--tail -5")]
    [InlineData("--grep (")]
    [InlineData("--grep (?=a)b")]
    [InlineData("--grep (a)\\1")]
    [InlineData("--since tomorrow")]
    [InlineData("--until 1x")]
    [InlineData("--since 5m --until 10m")]
    [InlineData("--level loud")]
    [InlineData("--provider disk")]
    [InlineData("--output xml")]
    [InlineData("--output {{.Nothing}}")]
    [InlineData("--output {{.Line")]
    [InlineData("--restarts")]
    [InlineData("--timezone Mars/Olympus")]
    [InlineData("-t --no-timestamps")]
    [InlineData("--json --output raw")]
    public async Task What_makes_no_sense_is_a_usage_error(string options)
    {
        Assert.Equal(ExitCodes.Usage, (await _bench.FailAsync(["web", .. options.Split(' ')])).ExitCode);
    }

    [Fact]
    public async Task Since_and_until_bound_the_lines()
    {
        Assert.Equal("ERROR two\n  at Main\n", await _bench.LinesAsync("web", "--since", "2026-03-10T14:00:01Z", "--until", "2026-03-10T14:00:03Z"));
    }

    [Fact]
    public async Task Without_tail_and_since_the_last_hundred_are_shown_and_with_since_all()
    {
        _bench.Container("long", [.. Enumerable.Range(0, 250).Select(i => $"line {i}")]);
        Assert.StartsWith("line 150\n", await _bench.LinesAsync("long"), StringComparison.Ordinal);
        Assert.StartsWith("line 0\n", await _bench.LinesAsync("long", "--since", "1h"), StringComparison.Ordinal);
        Assert.StartsWith("line 0\n", await _bench.LinesAsync("long", "--tail", "all"), StringComparison.Ordinal);
        Assert.StartsWith("line 0\n", await _bench.LinesAsync("long", "--tail", "-1"), StringComparison.Ordinal);
    }
}
