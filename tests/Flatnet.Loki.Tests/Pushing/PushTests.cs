using System.Collections.Immutable;
using Flatnet.Loki.Tests.Support;
using Flatnet.Loki.TestServer;

namespace Flatnet.Loki.Tests.Pushing;

public sealed class PushTests
{
    private static readonly LokiPushOptions Soon = new() { FirstPause = TimeSpan.FromMilliseconds(1), LongestPause = TimeSpan.FromMilliseconds(5) };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_written_can_be_read(bool compress)
    {
        await using var server = new LokiTestServer();
        using var client = server.Client();
        var now = Sample.Now;
        var result = await client.PushAsync(
            [
                new(Sample.Labels(("job", "a")), [new(now, "one"), new(now + 1, "\"two\"\n", Sample.Labels(("container_id", "abc")))]),
                new(Sample.Labels(("job", "b")), [new(now + 2, "日本語")]),
                new(Sample.Labels(("job", "c")), []),
            ],
            Soon with { Compress = compress });
        Assert.Equal(new LokiPushResult(3, 0, null), result);
        var entries = await client.ReadAllAsync(new() { Query = "{job=~\".+\"}", Since = now });
        Assert.Equal(["one", "\"two\"\n", "日本語"], entries.Select(static entry => entry.Line));
        Assert.Equal("abc", entries[1].Labels["container_id"]);
    }

    [Fact]
    public async Task Times_and_values_are_sent_as_text_as_Loki_demands()
    {
        await using var server = new LokiTestServer();
        using var client = server.Client();
        await client.PushAsync([Stream(Line(Sample.Then, "x", Sample.Labels(("level", "info"))))], Soon);
        var request = Assert.Single(server.Requests);
        Assert.Equal("""{"streams":[{"stream":{"job":"web"},"values":[["1795204222405000000","x",{"level":"info"}]]}]}""", request.Text);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
    }

    [Fact]
    public async Task Repeated_lines_at_one_time_get_times_of_their_own_and_keep_their_order()
    {
        await using var server = new LokiTestServer();
        using var client = server.Client();
        var now = Sample.Now;
        await client.PushAsync([Stream(Line(now, "a"), Line(now, "a"), Line(now, "b"), Line(now + 1, "a"), Line(now - 5, "old"), Line(now - 5, "old"))], Soon);
        Assert.Equal(
            [(-5, "old"), (-4, "old"), (0, "a"), (1, "a"), (1, "b"), (2, "a")],
            server.Store.Lines.Select(line => ((int)(line.Timestamp - now), line.Line)).Order());
        Assert.Equal(["old", "old", "a", "a", "b", "a"], await client.ReadLinesAsync(new() { Query = "{job=\"web\"}", Since = now - 10 }));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_busy_Loki_gets_the_same_lines_again(int status)
    {
        var asked = 0;
        await using var server = new LokiTestServer { Intercept = _ => ++asked <= 3 ? Response.Text(status, "later") : null };
        using var client = server.Client();
        var result = await client.PushAsync([Stream(Line(Sample.Now, "x"))], Soon);
        Assert.Null(result.Refusal);
        Assert.Equal(4, server.Requests.Count);
        Assert.Single(server.Requests.Select(static request => request.Text).Distinct());
        Assert.Single(server.Store.Lines);
    }

    [Theory]
    [InlineData(429, LokiFailure.TooManyRequests)]
    [InlineData(503, LokiFailure.Unavailable)]
    [InlineData(-1, LokiFailure.Unavailable)]
    public async Task After_the_last_attempt_it_is_an_error(int status, LokiFailure failure)
    {
        await using var server = new LokiTestServer { Intercept = _ => status < 0 ? Response.Close : Response.Text(status, "later") };
        using var client = server.Client();
        var exception = await Assert.ThrowsAsync<LokiException>(() => client.PushAsync([Stream(Line(Sample.Now, "x"))], Soon with { MaxAttempts = 3 }));
        Assert.Equal(failure, exception.Failure);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Refused_lines_are_not_sent_again_and_the_others_are_stored()
    {
        await using var server = new LokiTestServer();
        using var client = server.Client();
        var result = await client.PushAsync([Stream(Line(Sample.Then - 90L * 86_400_000_000_000, "old"), Line(Sample.Now, "new"))], Soon);
        Assert.Equal((2, 1), (result.Sent, result.Ignored));
        Assert.Contains("total ignored: 1 out of 2", result.Refusal, StringComparison.Ordinal);
        Assert.Single(server.Requests);
        Assert.Equal("new", Assert.Single(server.Store.Lines).Line);
    }

    [Theory]
    [InlineData("push-too-old", "has timestamp too old")]
    [InlineData("push-future", "has timestamp too new")]
    [InlineData("push-bad-body", "at least one valid stream is required")]
    public async Task Lokis_recorded_refusals_are_told_in_its_words(string recording, string text)
    {
        await using var server = new LokiTestServer { Intercept = _ => Sample.Recorded(recording).Response };
        using var client = server.Client();
        var result = await client.PushAsync([Stream(Line(Sample.Now, "x"), Line(Sample.Now, "y"))], Soon);
        Assert.Contains(text, result.Refusal, StringComparison.Ordinal);
        Assert.Null(result.Ignored);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("push-ok")]
    [InlineData("push-structured-metadata")]
    [InlineData("push-same-timestamp")]
    [InlineData("push-no-labels")]
    public async Task Lokis_recorded_acceptance_is_success(string recording)
    {
        await using var server = new LokiTestServer { Intercept = _ => Sample.Recorded(recording).Response };
        using var client = server.Client();
        Assert.Equal(new LokiPushResult(1, 0, null), await client.PushAsync([Stream(Line(Sample.Now, "x"))], Soon));
    }

    [Theory]
    [InlineData(260)]
    [InlineData(201)]
    [InlineData(302)]
    [InlineData(404)]
    public async Task Only_200_and_204_are_success(int status)
    {
        await using var server = new LokiTestServer { Intercept = _ => Response.Text(status, "ingestion blocked") };
        using var client = server.Client();
        var result = await client.PushAsync([Stream(Line(Sample.Now, "x"))], Soon);
        Assert.Equal(1, result.Ignored);
        Assert.Contains("ingestion blocked", result.Refusal, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Who_may_not_write_is_told_so(int status)
    {
        await using var server = new LokiTestServer { Intercept = _ => Response.Text(status, "no org id") };
        using var client = server.Client();
        var exception = await Assert.ThrowsAsync<LokiException>(() => client.PushAsync([Stream(Line(Sample.Now, "x"))], Soon));
        Assert.Equal(LokiFailure.Unauthorized, exception.Failure);
    }

    [Fact]
    public async Task Too_much_at_once_is_halved_until_it_fits()
    {
        const int Most = 300;
        await using var server = new LokiTestServer { Intercept = static request => request.Body.Length > Most ? Response.Text(413, "too large") : null };
        using var client = server.Client();
        var now = Sample.Now;
        var lines = Enumerable.Range(0, 40).Select(number => new LokiPushEntry(now + number, $"line {number}")).ToImmutableArray();
        var result = await client.PushAsync([new(Sample.Labels(("job", "a")), lines[..13]), new(Sample.Labels(("job", "b")), lines[13..])], Soon);
        Assert.Equal(new LokiPushResult(40, 0, null), result);
        Assert.Equal(lines.Select(static line => line.Line), await client.ReadLinesAsync(new() { Query = "{job=~\".+\"}", Since = now }));
    }

    [Fact]
    public async Task One_line_that_is_too_large_is_refused_and_the_others_are_stored()
    {
        await using var server = new LokiTestServer { Intercept = static request => request.Body.Length > 300 ? Response.Text(413, "too large") : null };
        using var client = server.Client();
        var result = await client.PushAsync([Stream(Line(Sample.Now, "x"), Line(Sample.Now, new string('y', 400)), Line(Sample.Now, "z"))], Soon);
        Assert.Equal((3, 1), (result.Sent, result.Ignored));
        Assert.Equal(["x", "z"], server.Store.Lines.Select(static line => line.Line).Order());
    }

    [Fact]
    public async Task Nothing_to_write_sends_nothing()
    {
        await using var server = new LokiTestServer();
        using var client = server.Client();
        Assert.Equal(new LokiPushResult(0, 0, null), await client.PushAsync([], Soon));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task What_breaks_Lokis_rules_is_not_sent()
    {
        await using var server = new LokiTestServer();
        using var client = server.Client();
        ImmutableDictionary<string, string>[] broken =
        [
            Sample.Labels(),
            Sample.Labels(("", "x")),
            Sample.Labels(("1a", "x")),
            Sample.Labels(("a-b", "x")),
            Sample.Labels(("__name", "x")),
            Sample.Labels((new string('a', 1025), "x")),
            Sample.Labels(("a", new string('é', 1025))),
            Sample.Labels([.. Enumerable.Range(0, 16).Select(static number => ($"l{number}", "x"))]),
        ];
        foreach (var labels in broken)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => client.PushAsync([new(labels, [new(1, "x")])], Soon));
        }

        var metadata = Enumerable.Range(0, 129).ToImmutableDictionary(static number => $"m{number}", static _ => "x");
        await Assert.ThrowsAsync<ArgumentException>(() => client.PushAsync([Stream(Line(1, "x", metadata))], Soon));
        using var several = server.Client(tenant: "a|b");
        await Assert.ThrowsAsync<ArgumentException>(() => several.PushAsync([Stream(Line(1, "x"))], Soon));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void By_default_it_waits_from_half_a_second_to_five_minutes()
    {
        var options = new LokiPushOptions();
        Assert.Equal((0.5, 300), (options.FirstPause.TotalSeconds, options.LongestPause.TotalSeconds));
    }

    private static LokiPushEntry Line(long timestamp, string line, ImmutableDictionary<string, string>? metadata = null) => new(timestamp, line, metadata);

    private static LokiPushLines Stream(params LokiPushEntry[] entries) => new(Sample.Web, [.. entries]);
}
