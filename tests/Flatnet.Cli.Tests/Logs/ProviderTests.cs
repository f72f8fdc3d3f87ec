using System.Collections.Immutable;
using Flatnet.Cli.Configuration;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Logs;
using Flatnet.Loki;

namespace Flatnet.Cli.Tests.Logs;

public class ProviderTests : IDisposable
{
    private readonly LogsBench _bench = new();

    public ProviderTests()
    {
        _bench.Container("flatnet-grafana", "from podman");
        _bench.Loki.Entries.Add(new LokiEntry(LogsBench.Begin, "from loki", ImmutableDictionary<string, string>.Empty));
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Loki_comes_first_with_times()
    {
        Assert.Equal("2026-03-10T14:00:00.000Z from loki\n", await _bench.LinesAsync("grafana"));
        Assert.Equal("", _bench.Error);
    }

    [Theory]
    [InlineData(LokiFailure.Unavailable)]
    [InlineData(LokiFailure.TooManyRequests)]
    public async Task Podman_is_fallen_back_on_with_a_note(LokiFailure failure)
    {
        _bench.Loki.Failure = new LokiException(failure, "connection refused");
        Assert.Equal("from podman\n", await _bench.LinesAsync("grafana"));
        Assert.Equal("Note: Loki unavailable (connection refused), falling back to Podman logs...\n", _bench.Error);
    }

    [Fact]
    public async Task In_a_document_the_note_is_a_warning()
    {
        _bench.Loki.Failure = new LokiException(LokiFailure.Unavailable, "connection refused");
        Assert.Equal(
            """
            {"target":"grafana","source":"podman","entries":[
            {"timestamp":"2026-03-10T14:00:00.000000000Z","line":"from podman","stream":"stdout","level":null,"labels":{},"target":"grafana"}],"warnings":["Note: Loki unavailable (connection refused), falling back to Podman logs..."]}

            """,
            await _bench.LinesAsync("grafana", "--json"));
        Assert.Equal("", _bench.Error);
    }

    [Theory]
    [InlineData(LokiFailure.BadQuery)]
    [InlineData(LokiFailure.Unauthorized)]
    public async Task A_refusal_is_shown_and_not_fallen_back_from(LokiFailure failure)
    {
        _bench.Loki.Failure = new LokiException(failure, "parse error at line 1");
        CommandException error = await _bench.FailAsync("grafana");
        Assert.Contains("parse error at line 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, error.ExitCode);
    }

    [Fact]
    public async Task Without_a_stream_in_Loki_the_next_place_is_read()
    {
        _bench.Loki.HasStream = false;
        Assert.Equal("from podman\n", await _bench.LinesAsync("grafana"));
        Assert.Contains("no stream {job=\"grafana\"}", _bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_without_lines_is_an_honest_nothing()
    {
        _bench.Loki.Entries.Clear();
        Assert.Equal("", await _bench.LinesAsync("grafana"));
        Assert.Equal("No logs found.\n", _bench.Error);
    }

    [Fact]
    public async Task What_is_only_in_Loki_cannot_be_read_without_it()
    {
        _bench.Loki.Failure = new LokiException(LokiFailure.Unavailable, "connection refused");
        Assert.Equal("logs of 'gateway' are only in Loki, which is unavailable (connection refused)", (await _bench.FailAsync("gateway")).Message);
    }

    [Fact]
    public async Task With_no_place_left_every_reason_is_told()
    {
        _bench.Loki.Failure = new LokiException(LokiFailure.Unavailable, "connection refused");
        string message = (await _bench.FailAsync("prometheus")).Message;
        Assert.Contains("connection refused", message, StringComparison.Ordinal);
        Assert.Contains("there is no container 'flatnet-prometheus'", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("podman", "from podman\n")]
    [InlineData("loki", "2026-03-10T14:00:00.000Z from loki\n")]
    public async Task A_provider_can_be_chosen(string provider, string expected) =>
        Assert.Equal(expected, await _bench.LinesAsync("grafana", "--provider", provider));

    [Fact]
    public async Task A_provider_that_does_not_have_it_is_an_error() =>
        Assert.Equal("'gateway' has no logs with the provider 'podman'", (await _bench.FailAsync("gateway", "--provider", "podman")).Message);

    [Fact]
    public async Task A_container_is_looked_for_in_Loki_by_its_label()
    {
        await _bench.LinesAsync("flatnet-grafana", "--provider", "loki");
        Assert.Equal("{container=\"flatnet-grafana\"}", _bench.Loki.Queries[^1].Query);
    }

    [Fact]
    public async Task Patterns_go_to_Loki_quoted()
    {
        await _bench.LinesAsync("grafana", "--grep", "say \"hi\"", "--exclude", "a.c", "--tail", "7");
        Assert.Equal("{job=\"grafana\"} |= \"say \\\"hi\\\"\" !~ \"a.c\"", _bench.Loki.Queries[^1].Query);
        Assert.Equal(7, _bench.Loki.Queries[^1].Tail);
    }

    [Fact]
    public async Task What_Loki_cannot_filter_is_filtered_here_over_a_widening_window()
    {
        Assert.Equal("", await _bench.LinesAsync("grafana", "--level", "error", "--tail", "5"));
        Assert.Equal([1, 6, 24, 168], _bench.Loki.Queries.Select(query => (1_773_153_000 - (query.Since!.Value / LogsBench.Second)) / 3600));
        Assert.All(_bench.Loki.Queries, query => Assert.Null(query.Tail));
    }

    [Fact]
    public void A_wrong_tenant_names_the_setting()
    {
        CommandException error = Assert.Throws<CommandException>(() => LokiLogs.Of(new Settings { LokiTenant = "a:b" }));

        Assert.Contains("'a:b' is not a tenant", error.Message, StringComparison.Ordinal);
        Assert.Contains("loki.tenant", error.Advice, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Failure, error.ExitCode);
    }
}
