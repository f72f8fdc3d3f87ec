using Flatnet.Loki.Tests.Support;
using Flatnet.Loki.TestServer;

namespace Flatnet.Loki.Tests.Reading;

public sealed class HistoryTests
{
    [Fact]
    public async Task A_range_begins_inclusive_and_ends_exclusive()
    {
        await using var server = With(5);
        using var client = server.Client();
        var query = new LokiQuery { Query = "{job=\"web\"}", Since = Sample.Then + 1, Until = Sample.Then + 3 };
        Assert.Equal(["1", "2"], await client.ReadLinesAsync(query));
        Assert.Equal(["2"], await client.ReadLinesAsync(query with { Tail = 1 }));
    }

    [Fact]
    public async Task A_query_goes_out_as_a_form_with_nanoseconds()
    {
        await using var server = With(1);
        using var client = server.Client(tenant: "team", token: "secret");
        await client.ReadAllAsync(new() { Query = "{job=\"web\"} |= \"a b+c&d\"", Since = Sample.Then, Until = Sample.Then + 1 });
        var request = Assert.Single(server.Requests);
        Assert.Equal(("POST", "/loki/api/v1/query_range"), (request.Method, request.Path));
        Assert.Equal("{job=\"web\"} |= \"a b+c&d\"", request.Parameters["query"]);
        Assert.Equal("1795204222405000000", request.Parameters["start"]);
        Assert.Equal("1795204222405000001", request.Parameters["end"]);
        Assert.Equal("forward", request.Parameters["direction"]);
        Assert.Equal("team", request.Headers["X-Scope-OrgID"]);
        Assert.Equal("Bearer secret", request.Headers["Authorization"]);
    }

    [Fact]
    public async Task Without_a_start_the_window_widens_until_there_are_enough_lines()
    {
        await using var server = new LokiTestServer();
        foreach (var hours in new[] { 0.5, 3, 20, 100 })
        {
            server.Store.Add(Sample.Now - (long)(hours * 3.6e12), $"{hours}", Sample.Web);
        }

        using var client = server.Client();
        Assert.Equal(["0.5"], await client.ReadLinesAsync(new() { Query = "{job=\"web\"}", Tail = 1 }));
        Assert.Single(server.Requests);
        Assert.Equal(["3", "0.5"], await client.ReadLinesAsync(new() { Query = "{job=\"web\"}", Tail = 2 }));
        Assert.Equal(3, server.Requests.Count);
        Assert.Equal(["100", "20", "3", "0.5"], await client.ReadLinesAsync(new() { Query = "{job=\"web\"}", Tail = 10 }));
        Assert.Equal(7, server.Requests.Count);
        Assert.Equal(["20", "3", "0.5"], await client.ReadLinesAsync(new() { Query = "{job=\"web\"}", Tail = 10, MaxLookback = TimeSpan.FromHours(30) }));
    }

    [Fact]
    public async Task A_range_of_years_is_asked_for_in_pieces_that_Loki_allows()
    {
        await using var server = With(3);
        using var client = server.Client();
        var query = new LokiQuery { Query = "{job=\"web\"}", Since = Sample.Then - 100L * 86_400_000_000_000, Until = Sample.Then + 100 };
        Assert.Equal(["0", "1", "2"], await client.ReadLinesAsync(query));
        Assert.Equal(["0", "1", "2"], await client.ReadLinesAsync(query with { Tail = 10 }));
        Assert.All(server.Requests, static request => Assert.InRange(
            long.Parse(request.Parameters["end"]) - long.Parse(request.Parameters["start"]), 1, (30 * 24 + 1) * 3_600_000_000_000));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(7000)]
    public async Task More_lines_at_one_time_than_a_page_holds_raise_the_page(int? tail)
    {
        await using var server = new LokiTestServer();
        Enumerable.Range(0, 3000).ToList().ForEach(number => server.Store.Add(Sample.Then, $"{number:D4}", Sample.Web));
        server.Store.Add(Sample.Then + 1, "after", Sample.Web);
        using var client = server.Client();
        var lines = await client.ReadLinesAsync(Sample.Everything("{job=\"web\"}") with { Since = Sample.Then - 1, Until = Sample.Then + 2, Tail = tail });
        Assert.Equal(Enumerable.Range(0, 3000).Select(static number => $"{number:D4}").Append("after"), lines);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(7000)]
    public async Task More_lines_at_one_time_than_Loki_gives_are_an_error(int? tail)
    {
        await using var server = new LokiTestServer();
        Enumerable.Range(0, 5001).ToList().ForEach(number => server.Store.Add(Sample.Then, $"{number}", Sample.Web));
        using var client = server.Client();
        var exception = await Assert.ThrowsAsync<LokiException>(() => client.ReadLinesAsync(
            new() { Query = "{job=\"web\"}", Since = Sample.Then - 1, Until = Sample.Then + 2, Tail = tail }));
        Assert.Contains("more than 5000 lines at one nanosecond", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Loki_with_a_smaller_limit_is_read_in_smaller_pages()
    {
        await using var server = With(100);
        server.MaxEntries = 7;
        using var client = server.Client();
        var query = new LokiQuery { Query = "{job=\"web\"}", Since = Sample.Then, Until = Sample.Then + 1000 };
        Assert.Equal(Enumerable.Range(0, 100).Select(static number => $"{number}"), await client.ReadLinesAsync(query));
        Assert.Equal(Enumerable.Range(50, 50).Select(static number => $"{number}"), await client.ReadLinesAsync(query with { Tail = 50 }));
    }

    [Fact]
    public async Task What_is_attached_to_a_line_is_among_its_labels_with_and_without_categories()
    {
        await using var server = new LokiTestServer();
        server.Store.Add(Sample.Then, "line", Sample.Web, Sample.Labels(("container_id", "abc")));
        foreach (var knows in new[] { true, false })
        {
            server.KnowsCategories = knows;
            using var client = server.Client();
            var entry = Assert.Single(await client.ReadAllAsync(new() { Query = "{job=\"web\"}", Since = Sample.Then, Until = Sample.Then + 1 }));
            Assert.Equal(["container_id=abc", "detected_level=unknown", "job=web"], entry.Labels.Select(static label => $"{label.Key}={label.Value}").Order());
        }
    }

    [Fact]
    public async Task Series_are_those_that_have_lines_in_the_range()
    {
        await using var server = With(3);
        server.Store.Add(Sample.Then + 10, "x", Sample.Labels(("job", "other"), ("host", "a")));
        using var client = server.Client();
        Assert.Empty(await client.GetSeriesAsync("{job=\"web\"}", 0, 1, default));
        Assert.Equal("web", Assert.Single(await client.GetSeriesAsync("{job=\"web\"}", Sample.Then, Sample.Then + 1, default))["job"]);
        Assert.Equal(2, (await client.GetSeriesAsync("{job=~\".+\"}", Sample.Then, Sample.Then + 100, default)).Length);
    }

    [Fact]
    public async Task An_answer_that_leaves_out_its_empty_data_is_an_empty_list()
    {
        await using var server = new LokiTestServer { Intercept = static _ => Response.Json("""{"status":"success"}""") };
        using var client = server.Client();
        Assert.Empty(await client.GetLabelsAsync(default));
        Assert.Empty(await client.GetSeriesAsync("{a=\"b\"}", 0, 1, default));
    }

    /// <summary>Lines "0", "1", … a nanosecond apart.</summary>
    private static LokiTestServer With(int lines)
    {
        var server = new LokiTestServer();
        Enumerable.Range(0, lines).ToList().ForEach(number => server.Store.Add(Sample.Then + number, $"{number}", Sample.Web));
        return server;
    }
}
