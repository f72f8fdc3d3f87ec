using Flatnet.Loki.Tests.Support;
using Flatnet.Loki.TestServer;

namespace Flatnet.Loki.Tests.Following;

public sealed class FollowTests
{
    private static readonly LokiQuery Query = new() { Query = "{job=\"web\"}", Tail = 100 };

    [Fact]
    public async Task History_comes_first_and_live_lines_after_it()
    {
        await using var server = new LokiTestServer();
        Add(server, 0, 10);
        using var client = server.Client();
        await using var live = new LiveQuery(client, Query with { Tail = 3 });
        await live.UntilCountAsync(3);
        Add(server, 10, 5);
        await live.UntilCountAsync(8);
        Assert.Equal(Numbers(7, 8), live.Lines);
        Assert.Empty(live.Notices);
    }

    [Fact]
    public async Task A_tail_of_nothing_shows_only_what_is_new()
    {
        await using var server = new LokiTestServer();
        Add(server, 0, 10);
        using var client = server.Client();
        await using var live = new LiveQuery(client, Query with { Tail = 0 });
        await live.UntilAsync(() => server.OpenTails == 1 && server.Requests.Any(static request => request.Path.EndsWith("range", StringComparison.Ordinal)), "following");
        await Task.Delay(100);
        Add(server, 10, 5);
        await live.UntilCountAsync(5);
        server.CutTails(TailCut.Abort);
        await live.UntilAsync(() => server.TailsOpened == 2, "reconnecting");
        Add(server, 15, 1);
        await live.UntilCountAsync(6);
        Assert.Equal(Numbers(10, 6), live.Lines);
    }

    [Fact]
    public async Task The_tail_is_opened_before_the_history_is_read_and_reaches_back_behind_it()
    {
        await using var server = new LokiTestServer();
        using var client = server.Client();
        var before = Sample.Now;
        await using var live = new LiveQuery(client, Query);
        await live.UntilAsync(() => server.Requests.Count >= 2, "two requests");
        Assert.Equal(["/loki/api/v1/tail", "/loki/api/v1/query_range"], server.Requests.Take(2).Select(static request => request.Path));
        Assert.InRange(long.Parse(server.Requests[0].Parameters["start"]), before - 6_000_000_000, Sample.Now - 4_000_000_000);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_line_that_tail_and_history_both_have_comes_once(bool backfill, bool categories)
    {
        await using var server = new LokiTestServer { HasBackfill = backfill, KnowsCategories = categories };
        Add(server, 0, 50);
        using var client = server.Client();
        await using var live = new LiveQuery(client, Query);
        await live.UntilCountAsync(50);
        Add(server, 50, 20);
        await live.UntilCountAsync(70);
        server.CutTails(TailCut.IngestersGone);
        Add(server, 70, 10);
        await live.UntilAsync(() => server.TailsOpened == 2, "reconnecting");
        Add(server, 80, 10);
        await live.UntilCountAsync(90);
        Assert.Equal(Numbers(0, 90), live.Lines);
    }

    [Fact]
    public async Task A_tail_without_backfill_that_begins_late_loses_nothing()
    {
        await using var server = new LokiTestServer { HasBackfill = false, SubscribeDelay = TimeSpan.FromMilliseconds(100) };
        using var client = server.Client(Sample.Fast with { Settle = TimeSpan.FromMilliseconds(400) });
        await using var live = new LiveQuery(client, Query);
        await live.UntilAsync(() => server.Requests.Any(static request => request.Path.EndsWith("range", StringComparison.Ordinal)), "history");
        await Task.Delay(20);
        Add(server, 0, 5);
        await live.UntilCountAsync(5);
        Assert.Equal(Numbers(0, 5), live.Lines);
    }

    [Theory]
    [InlineData(TailCut.Abort)]
    [InlineData(TailCut.MidFrame)]
    [InlineData(TailCut.IngestersGone)]
    public async Task A_broken_tail_is_opened_again_and_the_gap_is_read(TailCut cut)
    {
        await using var server = new LokiTestServer();
        Add(server, 0, 10);
        using var client = server.Client();
        await using var live = new LiveQuery(client, Query);
        await live.UntilCountAsync(10);
        server.HasBackfill = false;
        server.Intercept = static request => request.Path.EndsWith("tail", StringComparison.Ordinal) ? Response.Text(503, "starting") : null;
        server.CutTails(cut);
        await live.UntilAsync(() => server.OpenTails == 0, "the cut");
        Add(server, 10, 7);
        server.Intercept = null;
        await live.UntilCountAsync(17);
        Assert.Equal(Numbers(0, 17), live.Lines);
        await live.UntilAsync(() => live.Notices.Count >= 2, "two notices");
        Assert.StartsWith("reconnecting…", live.Notices.First(), StringComparison.Ordinal);
        Assert.Matches("^reconnected, [0-9]+ lines recovered$|^no live tail", live.Notices.Last());
    }

    [Fact]
    public async Task The_end_of_a_tails_time_is_not_worth_a_notice()
    {
        await using var server = new LokiTestServer { LongestTail = TimeSpan.FromMilliseconds(50) };
        using var client = server.Client();
        await using var live = new LiveQuery(client, Query);
        for (var number = 0; server.TailsOpened < 5; number++)
        {
            Add(server, number, 1);
            await live.UntilCountAsync(number + 1);
        }

        Assert.Empty(live.Notices);
        Assert.Equal(Numbers(0, live.Entries.Count), live.Lines);
    }

    [Fact]
    public async Task Dropped_lines_are_asked_for()
    {
        await using var server = new LokiTestServer();
        Add(server, 0, 1);
        using var client = server.Client();
        await using var live = new LiveQuery(client, Query);
        await live.UntilCountAsync(1);
        server.DropFromTails(5);
        Add(server, 1, 10);
        await live.UntilCountAsync(11);
        Assert.Equal(Numbers(0, 11), live.Lines);
    }

    [Fact]
    public async Task Where_too_many_tails_are_open_the_lines_are_polled()
    {
        await using var server = new LokiTestServer { MaxTails = 10 };
        using var client = server.Client();
        var others = Enumerable.Range(0, 10).Select(_ => new LiveQuery(client, Query)).ToList();
        await others[0].UntilAsync(() => server.OpenTails == 10, "ten tails");
        await using var live = new LiveQuery(client, Query);
        await live.UntilAsync(() => !live.Notices.IsEmpty, "a notice");
        Add(server, 0, 10);
        await live.UntilCountAsync(10);
        Add(server, 10, 10);
        await live.UntilCountAsync(20);
        Assert.Equal(Numbers(0, 20), live.Lines);
        Assert.Contains("max concurrent tail requests", Assert.Single(live.Notices), StringComparison.Ordinal);
        foreach (var other in others)
        {
            await other.UntilCountAsync(20);
            Assert.Equal(Numbers(0, 20), other.Lines);
            await other.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(200)]
    [InlineData(502)]
    public async Task Where_no_tail_can_be_had_the_lines_are_polled(int status)
    {
        await using var server = new LokiTestServer
        {
            Intercept = request => request.Path.EndsWith("tail", StringComparison.Ordinal) ? Response.Text(status, "no") : null,
        };
        Add(server, 0, 5);
        using var client = server.Client();
        await using var live = new LiveQuery(client, Query);
        await live.UntilCountAsync(5);
        Add(server, 5, 5);
        await live.UntilCountAsync(10);
        Assert.Equal(Numbers(0, 10), live.Lines);
        await live.UntilAsync(() => live.Notices.Any(static notice => notice.StartsWith("no live tail", StringComparison.Ordinal)), "the notice");
        Assert.Single(live.Notices, static notice => notice.StartsWith("no live tail", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_tenants_are_polled_because_Loki_tails_one()
    {
        await using var server = new LokiTestServer();
        Add(server, 0, 5);
        using var client = server.Client(tenant: "a|b");
        await using var live = new LiveQuery(client, Query);
        await live.UntilCountAsync(5);
        Add(server, 5, 5);
        await live.UntilCountAsync(10);
        Assert.Equal(Numbers(0, 10), live.Lines);
        Assert.Equal(0, server.TailsOpened);
    }

    [Fact]
    public async Task Polling_survives_an_outage()
    {
        var isOut = false;
        await using var server = new LokiTestServer();
        server.Intercept = request => request.Path.EndsWith("tail", StringComparison.Ordinal) ? Response.Text(404, "no")
            : isOut ? Response.Text(503, "out") : null;
        using var client = server.Client();
        await using var live = new LiveQuery(client, Query);
        await live.UntilAsync(() => !live.Notices.IsEmpty, "polling");
        isOut = true;
        await live.UntilAsync(() => live.Notices.Count == 2, "noticing");
        Add(server, 0, 3);
        isOut = false;
        await live.UntilCountAsync(3);
        await live.UntilAsync(() => live.Notices.Count == 3, "being back");
        Assert.Equal("reconnected, 3 lines recovered", live.Notices.Last());
    }

    [Fact]
    public async Task A_Loki_that_goes_away_and_comes_back_is_followed_on()
    {
        await using var server = new LokiTestServer();
        Add(server, 0, 3);
        using var client = server.Client();
        await using var live = new LiveQuery(client, Query);
        await live.UntilCountAsync(3);
        await server.StopAsync();
        await live.UntilAsync(() => !live.Notices.IsEmpty, "noticing");
        Add(server, 3, 3);
        await Task.Delay(100);
        server.Restart();
        await live.UntilCountAsync(6);
        await live.UntilAsync(() => live.Notices.Count == 2, "being back");
        Assert.Equal(Numbers(0, 6), live.Lines);
        Assert.Equal("reconnected, 3 lines recovered", live.Notices.Last());
    }

    [Theory]
    [InlineData(401, LokiFailure.Unauthorized)]
    [InlineData(400, LokiFailure.BadQuery)]
    [InlineData(503, LokiFailure.Unavailable)]
    public async Task A_history_that_cannot_be_read_ends_it(int status, LokiFailure failure)
    {
        await using var server = new LokiTestServer { Intercept = _ => Response.Text(status, "no") };
        using var client = server.Client();
        var exception = await Assert.ThrowsAsync<LokiException>(() => client.ReadAllAsync(Query with { Follow = true }));
        Assert.Equal(failure, exception.Failure);
    }

    [Fact]
    public async Task A_right_that_is_taken_away_ends_it()
    {
        await using var server = new LokiTestServer();
        using var client = server.Client();
        await using var live = new LiveQuery(client, Query);
        await live.UntilAsync(() => server.OpenTails == 1, "following");
        await Task.Delay(50);
        server.Intercept = static request => request.Path.EndsWith("tail", StringComparison.Ordinal) ? null : Response.Text(401, "no org id");
        server.CutTails(TailCut.Abort);
        Assert.Equal(LokiFailure.Unauthorized, (await Assert.ThrowsAsync<LokiException>(() => live.Reading)).Failure);
    }

    [Fact]
    public async Task It_ends_when_the_end_of_its_range_has_passed()
    {
        await using var server = new LokiTestServer();
        Add(server, 0, 2);
        using var client = server.Client(Sample.Fast with { Overlap = TimeSpan.FromMilliseconds(200) });
        var until = Sample.Now + 500_000_000;
        await using var live = new LiveQuery(client, Query with { Until = until });
        await live.UntilCountAsync(2);
        server.Store.Add(until, "too late", Sample.Web);
        server.Store.Add(until - 1, "in time", Sample.Web);
        await live.Reading;
        Assert.Equal(["0", "1", "in time"], live.Lines);
    }

    [Fact]
    public async Task The_lines_of_the_recorded_tail_are_read()
    {
        await using var server = new LokiTestServer();
        var frames = Sample.Recorded("tail-frames").Frames;
        var table = new global::Flatnet.Loki.Reading.StreamTable();
        var lines = frames.SelectMany(frame => global::Flatnet.Loki.Following.TailFrame.Read(System.Text.Encoding.UTF8.GetBytes(frame), table).Entries).ToList();
        Assert.Equal(
            ["2024 [INFO] Request: GET /api/status 200 1ms", "same ts a", "same ts b", "live 0", "live from win2 0", "live 1", "live from win2 1", "live 2", "live from win2 2"],
            lines.Select(static entry => entry.Line));
        Assert.Equal(2, lines.Select(static entry => entry.Stream.Stream).Distinct().Count());
    }

    private static IEnumerable<string> Numbers(int first, int count) => Enumerable.Range(first, count).Select(static number => $"{number}");

    private static void Add(LokiTestServer server, int first, int count)
    {
        var now = Sample.Now;
        foreach (var number in Enumerable.Range(first, count))
        {
            server.Store.Add(now + number, $"{number}", Sample.Web);
        }
    }
}
