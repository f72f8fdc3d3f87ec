using System.Collections.Immutable;
using System.Text;
using Flatnet.Cli.Logs;
using Flatnet.Cli.Terminal;
using Flatnet.Loki;

namespace Flatnet.Cli.Tests.Logs;

public class OutputTests : IDisposable
{
    private static readonly TerminalInfo Color = new(true, true, true, 80, 24);

    private readonly LogsBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("-t", "2026-03-10T14:00:00.000Z hello\n")]
    [InlineData("--local", "2026-03-10T23:00:00.000+09:00 hello\n")]
    [InlineData("--timezone America/New_York", "2026-03-10T10:00:00.000-04:00 hello\n")]
    [InlineData("--no-timestamps", "hello\n")]
    [InlineData("--prefix", "web | hello\n")]
    [InlineData("--output {{.Target}}/{{.Source}}/{{.Stream}}/{{.Level}}:{{.Line}}\\t{{.Timestamp}}", "web/podman/stdout/:hello\t2026-03-10T14:00:00.000Z\n")]
    [InlineData("--output raw", "hello\n")]
    public async Task Each_format_has_its_form(string options, string expected)
    {
        _bench.Container("web", "hello");
        Assert.Equal(expected, await _bench.LinesAsync(["web", .. options.Split(' ', 2)]));
    }

    [Fact]
    public async Task Several_targets_are_one_in_the_order_of_time_with_names()
    {
        _bench.Container("web", 0, "a", "c");
        _bench.Container("database", LogsBench.Second / 2, "b", "d");
        Assert.Equal("web      | a\ndatabase | b\nweb      | c\ndatabase | d\n", await _bench.LinesAsync("web", "database"));
        Assert.Equal("a\nb\nc\nd\n", await _bench.LinesAsync("web", "database", "--prefix=false"));
    }

    [Fact]
    public async Task A_document_has_all_that_is_known()
    {
        _bench.Loki.Entries.Add(new LokiEntry(
            LogsBench.Begin + 123456789, "日本 \"x\"", ImmutableDictionary<string, string>.Empty.Add("job", "gateway").Add("level", "warn").Add("stream", "stderr")));
        Assert.Equal(
            """
            {"target":"gateway","source":"loki","entries":[
            {"timestamp":"2026-03-10T14:00:00.123456789Z","line":"日本 \"x\"","stream":"stderr","level":"WARN","labels":{"job":"gateway","level":"warn","stream":"stderr"},"target":"gateway"}],"warnings":[]}

            """,
            await _bench.LinesAsync("gateway", "--output", "json"));
    }

    [Fact]
    public async Task An_empty_document_is_a_document()
    {
        _bench.Container("web");
        Assert.Equal("{\"target\":\"web\",\"source\":\"podman\",\"entries\":[],\"warnings\":[]}\n", await _bench.LinesAsync("web", "--json"));
    }

    [Theory]
    [InlineData("--output jsonl")]
    [InlineData("--json -f")]
    public async Task Json_lines_are_one_object_each(string options)
    {
        _bench.Container("web", "ERROR a", "b");
        string[] lines = (await _bench.LinesAsync(["web", .. options.Split(' ')])).TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Equal(
            "{\"timestamp\":\"2026-03-10T14:00:00.000000000Z\",\"line\":\"ERROR a\",\"stream\":\"stdout\",\"level\":\"ERROR\",\"labels\":{},\"target\":\"web\"}", lines[0]);
    }

    [Fact]
    public async Task Following_ends_with_the_container_and_says_so()
    {
        _bench.Container("web", "bye");
        Assert.Equal("bye\n", await _bench.LinesAsync("web", "-f"));
        Assert.Equal("container web exited (code 3)\n", _bench.Error);
    }

    [Fact]
    public async Task On_a_terminal_nothing_but_colours_gets_through()
    {
        _bench.Container("web", "\u001b]0;title\u0007\u001b[31mred\u001b[2J");
        _bench.Terminal = Color;
        Assert.Equal("]0;title\u001b[31mred[2J\u001b[0m\n", await _bench.LinesAsync("web"));
        _bench.Terminal = Color with { Color = false };
        Assert.Equal("]0;titlered[2J\n", await _bench.LinesAsync("web"));
        Assert.Equal("\u001b]0;title\u0007\u001b[31mred\u001b[2J\n", await _bench.LinesAsync("web", "--output", "raw"));
    }

    [Fact]
    public async Task Highlights_stand_out_and_hide_nothing()
    {
        _bench.Container("web", "one error", "two");
        _bench.Terminal = Color;
        Assert.Equal("one \u001b[1;7merror\u001b[22;27m\ntwo\n", await _bench.LinesAsync("web", "--highlight", "err.r"));
        _bench.Terminal = TerminalInfo.None;
        Assert.Equal("one error\ntwo\n", await _bench.LinesAsync("web", "--highlight", "err.r"));
    }

    [Fact]
    public void A_target_keeps_its_colour_and_shares_it_with_nobody()
    {
        string[] names = ["web", "db", "cache", "queue", "proxy"];
        Assert.Equal(TargetColors.Of(names), TargetColors.Of(names.Reverse()));
        Assert.Equal(names.Length, TargetColors.Of(names).Values.Distinct().Count());
    }

    [Fact]
    public void Bytes_reach_a_stream_as_they_are()
    {
        using var stream = new MemoryStream();
        using var writer = new StreamWriter(stream, new UTF8Encoding(false));
        var output = new Utf8Output(writer);
        writer.Write("before ");
        output.Write([0xff, 0x00, 0x80]);
        output.EndLine();
        output.Flush();
        Assert.Equal([.. "before "u8, 0xff, 0x00, 0x80, (byte)'\n'], stream.ToArray());
    }
}
