using Flatnet.Loki.Tests.Support;
using Flatnet.Loki.TestServer;

namespace Flatnet.Loki.Tests.Reading;

/// <summary>What Loki 3.4 really answered.</summary>
public sealed class RecordedHistoryTests
{
    private const long Start = 1795200672405000000;
    private const long End = 1795204273405000000;

    [Fact]
    public async Task The_last_lines_come_oldest_first_and_equal_times_in_their_order()
    {
        var lines = await ReadAsync("query-range-backward", new() { Query = "{job=\"gateway\"}", Since = Start, Until = End, Tail = 4 });
        Assert.Equal(
            [
                "2024 [INFO] Request: GET /api/status 200 2ms", "2024 [INFO] Request: GET /api/status 200 1ms",
                "same ts a", "same ts b",
            ],
            lines.Select(static entry => entry.Line));
        Assert.Equal(1795204232405000000, lines[^1].Timestamp);
        Assert.Equal("unknown", lines[^1].Labels["detected_level"]);
        Assert.Same(lines[^1].Labels, lines[^2].Labels);
    }

    [Fact]
    public async Task Several_streams_are_merged_by_time()
    {
        var entries = await ReadAsync("query-range-two-streams", new() { Query = "{job=~\"gateway|cni\"}", Since = Start, Until = End, Tail = 1000 });
        Assert.Equal(30, entries.Count);
        Assert.Equal(entries.Select(static entry => entry.Timestamp).Order(), entries.Select(static entry => entry.Timestamp));
        Assert.Equal("ADD web1 10.87.1.11", entries[^1].Line);
        Assert.Equal(
            ["ADD forgejo 10.87.1.10", "[INFO] Request: GET /api/status 200 45ms"],
            entries.Where(static entry => entry.Timestamp == 1795204222405000000).Select(static entry => entry.Line));
    }

    [Theory]
    [InlineData("query-range-empty", 0)]
    [InlineData("query-range-line-filter", 1)]
    [InlineData("query-range-regex-filter", 1)]
    [InlineData("query-range-structured-metadata", 3)]
    public async Task Answers_are_read_whole(string recording, int lines) =>
        Assert.Equal(lines, (await ReadAsync(recording, new() { Query = "{job=\"x\"}", Since = Start, Until = End, Tail = 1000 })).Count);

    [Fact]
    public async Task Backslashes_and_quotes_survive()
    {
        var entries = await ReadAsync("query-range-regex-filter", new() { Query = "{job=\"x\"}", Since = Start, Until = End, Tail = 5 });
        Assert.Equal("[ERROR] no route for host \"x\\y\"", Assert.Single(entries).Line);
    }

    [Theory]
    [InlineData("query-range-bad-query", "unexpected $end")]
    [InlineData("query-range-bad-time", "could not parse 'start' parameter")]
    [InlineData("query-range-empty-matcher", "at least one regexp or equality matcher")]
    public async Task A_wrong_query_is_answered_with_Lokis_own_text(string recording, string text)
    {
        var exception = await Assert.ThrowsAsync<LokiException>(() => ReadAsync(recording, new() { Query = "{}", Since = Start, Until = End }));
        Assert.Equal(LokiFailure.BadQuery, exception.Failure);
        Assert.Contains(text, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_values_and_readiness_are_read()
    {
        await using var server = new LokiTestServer
        {
            Intercept = static request => request.Path switch
            {
                "/loki/api/v1/labels" => Sample.Recorded("labels").Response,
                "/loki/api/v1/label/job/values" => Sample.Recorded("label-values-job").Response,
                _ => Sample.Recorded("ready").Response,
            },
        };
        using var client = server.Client();
        Assert.Equal(["__aggregated_metric__", "host", "job", "level", "service_name"], (await client.GetLabelsAsync(default)).ToArray());
        Assert.Equal(["cni", "gateway"], (await client.GetLabelValuesAsync("job", default)).ToArray());
        var (isReady, text, serverTime) = await client.GetReadinessAsync(default);
        Assert.True(isReady);
        Assert.Equal("ready", text);
        Assert.InRange(serverTime!.Value, DateTimeOffset.UtcNow.AddMinutes(-2), DateTimeOffset.UtcNow.AddMinutes(2));
    }

    private static async Task<List<LokiEntry>> ReadAsync(string recording, LokiQuery query)
    {
        await using var server = new LokiTestServer { Intercept = _ => Sample.Recorded(recording).Response };
        using var client = server.Client();
        return await client.ReadAllAsync(query);
    }
}
