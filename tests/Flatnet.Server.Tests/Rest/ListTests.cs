using System.Text.Json;

namespace Flatnet.Server.Tests.Rest;

public sealed class ListTests(RestFixture fixture) : IClassFixture<RestFixture>, IAsyncLifetime
{
    private readonly RestServer _server = fixture.Server;

    // The tasks "t" and "few" are the same for all tests here; whoever changes lines does so in a task of its own.
    public async Task InitializeAsync()
    {
        if (_server.Store.Lines("t").Length == 0)
        {
            await _server.FillAsync("t", 250);
            await _server.FillAsync("few", 12);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_page_has_the_lines_and_says_where_it_stands()
    {
        Answer answer = await _server.GetAsync("/api/v1/tasks/t/logs");

        Assert.Equal(200, answer.Status);
        Assert.Equal(Range(1, 100), answer.Seqs);
        Assert.Equal((250, 3, 100, 0), (Number(answer, "totalElements"), Number(answer, "totalPages"), Number(answer, "size"), Number(answer, "number")));
        Assert.Equal((1, 250, true), (Number(answer, "firstSeq"), Number(answer, "lastSeq"), answer.Json.GetProperty("hasMore").GetBoolean()));
        JsonElement line = answer.Json.GetProperty("content")[0];
        Assert.Equal("""{"id":"t-1","taskId":"t","seq":1,"timestamp":"2026-01-01T00:00:00.000000000Z","source":"stderr","level":"DEBUG","message":"line 1","lineNumber":1}""", line.GetRawText());
    }

    [Theory]
    [InlineData("page=2", 201, 250, false)]
    [InlineData("page=3", 1, 0, false)]
    [InlineData("page=1&size=10", 11, 20, true)]
    [InlineData("size=250", 1, 250, false)]
    [InlineData("size=10&order=desc", 250, 241, true)]
    [InlineData("page=24&size=10&order=desc", 10, 1, false)]
    [InlineData("after_seq=0&limit=5", 1, 5, true)]
    [InlineData("after_seq=245", 246, 250, false)]
    [InlineData("after_seq=250", 1, 0, false)]
    [InlineData("after_seq=100&limit=5&order=desc", 105, 101, true)]
    [InlineData("before_seq=101&limit=5", 96, 100, true)]
    [InlineData("before_seq=101&limit=5&order=desc", 100, 96, true)]
    [InlineData("before_seq=3", 1, 2, false)]
    [InlineData("after_seq=10&before_seq=14", 11, 13, false)]
    [InlineData("after_seq=10&before_seq=20&limit=2", 11, 12, true)]
    [InlineData("after_seq=10&before_seq=20&limit=2&order=desc", 19, 18, true)]
    [InlineData("limit=3", 1, 3, true)]
    [InlineData("limit=3&order=desc", 250, 248, true)]
    [InlineData("tail=4", 247, 250, true)]
    [InlineData("tail=4&order=desc", 250, 247, true)]
    [InlineData("tail=1000", 1, 250, false)]
    [InlineData("max_seq=5", 1, 5, false)]
    [InlineData("max_seq=120&page=1", 101, 120, false)]
    [InlineData("max_seq=100&tail=2", 99, 100, true)]
    [InlineData("from=2026-01-01T00:00:10Z&to=2026-01-01T00:00:12Z", 11, 12, false)]
    [InlineData("from=2026-01-01T09:04:00%2B09:00", 241, 250, false)]
    [InlineData("from=2026-01-01T09:04:00+09:00", 241, 250, false)]
    [InlineData("from=2026-01-01T00:00:10Z&to=2026-01-01T00:00:10Z", 1, 0, false)]
    public async Task Every_way_to_page_gives_its_lines(string query, int first, int last, bool hasMore)
    {
        Answer answer = await _server.GetAsync("/api/v1/tasks/t/logs?" + query);

        Assert.Equal(200, answer.Status);
        bool isEmpty = (first, last) == (1, 0);
        Assert.Equal(isEmpty ? [] : first <= last ? Range(first, last) : [.. Range(last, first).Reverse()], answer.Seqs);
        Assert.Equal(hasMore, answer.Json.GetProperty("hasMore").GetBoolean());
    }

    [Theory]
    [InlineData("source=stdout", "3 6 9 12")]
    [InlineData("source=stdout,agent", "2 3 5 6 8 9 11 12")]
    [InlineData("source=stdout&source=agent", "2 3 5 6 8 9 11 12")]
    [InlineData("source=STDOUT", "3 6 9 12")]
    [InlineData("level=WARN", "3 9")]
    [InlineData("level=DEBUG", "1 6 7 12")]
    [InlineData("level=ERROR", "4 5 10 11")]
    [InlineData("level=TRACE", "6 12")]
    [InlineData("level=FATAL", "5 11")]
    [InlineData("level=warn,info", "2 3 8 9")]
    [InlineData("min_level=ERROR", "4 5 10 11")]
    [InlineData("min_level=DEBUG", "1 2 3 4 5 6 7 8 9 10 11 12")]
    [InlineData("min_level=WARN&source=stdout", "3 9")]
    [InlineData("q=LINE%201", "1 10 11 12")]
    [InlineData("regex=%5Eline%20.%24", "1 2 3 4 5 6 7 8 9")]
    [InlineData("q=1&regex=2%24", "12")]
    public async Task Every_filter_lets_its_lines_pass(string query, string expected)
    {
        Answer answer = await _server.GetAsync("/api/v1/tasks/few/logs?" + query);

        Assert.Equal(200, answer.Status);
        Assert.Equal(expected.Split(' ').Select(long.Parse), answer.Seqs);
    }

    [Theory]
    [InlineData("page=-1", "page")]
    [InlineData("page=x", "page")]
    [InlineData("page=", "page")]
    [InlineData("page=1&page=2", "page")]
    [InlineData("size=0", "size")]
    [InlineData("size=1001", "size")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("tail=0", "tail")]
    [InlineData("tail=10001", "tail")]
    [InlineData("after_seq=-1", "after_seq")]
    [InlineData("after_seq=99999999999999999999", "after_seq")]
    [InlineData("before_seq=0", "before_seq")]
    [InlineData("source=stdin", "source")]
    [InlineData("level=LOUD", "level")]
    [InlineData("min_level=LOUD", "min_level")]
    [InlineData("order=up", "order")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2026-01-01T00:00:00", "from")]
    [InlineData("to=2026-13-01T00:00:00Z", "to")]
    [InlineData("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "from")]
    [InlineData("regex=(", "regex")]
    [InlineData("regex=(a)%5C1", "regex")]
    [InlineData("regex=(a%7B1000%7D)%7B1000%7D", "regex")]
    [InlineData("q=", "q")]
    [InlineData("tail=5&limit=5", "limit")]
    [InlineData("tail=5&page=1", "page")]
    [InlineData("page=1&after_seq=5", "after_seq")]
    [InlineData("size=5&before_seq=5", "before_seq")]
    [InlineData("levels=ERROR", "levels")]
    public async Task What_makes_no_sense_is_named(string query, string parameter)
    {
        Answer answer = await _server.GetAsync("/api/v1/tasks/t/logs?" + query);

        Assert.Equal(parameter, answer.AssertError(400, "VALIDATION_ERROR").GetProperty("details").GetProperty("parameter").GetString());
    }

    [Fact]
    public async Task An_unknown_parameter_brings_the_nearest_to_mind()
    {
        Answer answer = await _server.GetAsync("/api/v1/tasks/t/logs?levels=ERROR");

        Assert.Contains("Did you mean 'level'?", answer.AssertError(400, "VALIDATION_ERROR").GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_refused()
    {
        Answer answer = await _server.GetAsync("/api/v1/tasks/t/logs?q=" + new string('x', 1001));

        answer.AssertError(400, "VALIDATION_ERROR");
    }

    [Theory]
    [InlineData(99, 410)]
    [InlineData(100, 200)]
    [InlineData(0, 200)]
    [InlineData(250, 200)]
    [InlineData(251, 410)]
    public async Task A_cursor_whose_lines_are_gone_is_refused_and_zero_is_the_beginning(int after, int status)
    {
        string task = await FillOwnAsync();
        await _server.Store.DeleteLinesAsync(task, RestServer.Line(100).Timestamp, CancellationToken.None);

        Answer answer = await _server.GetAsync($"/api/v1/tasks/{task}/logs?after_seq={after}&limit=1");

        Assert.Equal(status, answer.Status);
        if (status == 410)
        {
            JsonElement details = answer.AssertError(410, "CURSOR_EXPIRED").GetProperty("details");
            Assert.Equal(("101", "250"), (details.GetProperty("firstSeq").GetString(), details.GetProperty("lastSeq").GetString()));
        }
    }

    [Fact]
    public async Task A_pinned_task_keeps_still_while_it_grows()
    {
        string task = await FillOwnAsync();
        Answer first = await _server.GetAsync($"/api/v1/tasks/{task}/logs?size=200");
        await _server.FillAsync(task, 300);

        Answer second = await _server.GetAsync($"/api/v1/tasks/{task}/logs?size=200&page=1&max_seq={Number(first, "lastSeq")}");

        Assert.Equal(Range(201, 250), second.Seqs);
        Assert.Equal((250, 250), (Number(second, "totalElements"), Number(second, "lastSeq")));
    }

    [Theory]
    [InlineData("/api/tasks/t/logs?tail=1")]
    [InlineData("/api/tasks/t/log?tail=1")]
    public async Task Earlier_addresses_still_work(string path)
    {
        Answer answer = await _server.GetAsync(path);

        Assert.Equal([250], answer.Seqs);
    }

    [Fact]
    public async Task The_text_of_an_execution_has_its_lines()
    {
        Answer answer = await _server.GetAsync("/api/v1/execution/t/logs?tail=2");

        Assert.Equal("text/plain; charset=utf-8", answer.Response.Content.Headers.ContentType?.ToString());
        Assert.Equal("2026-01-01T00:04:08.000000000Z [stdout] WARN line 249\n2026-01-01T00:04:09.000000000Z [stderr] ERROR line 250\n", answer.Text);
    }

    [Fact]
    public async Task Stats_add_up_with_zeros()
    {
        Answer all = await _server.GetAsync("/api/v1/tasks/few/logs/stats");
        Answer part = await _server.GetAsync("/api/v1/tasks/few/logs/stats?from=2026-01-01T00:00:02Z&to=2026-01-01T00:00:03Z");
        Answer none = await _server.GetAsync("/api/v1/tasks/few/logs/stats?from=2027-01-01T00:00:02Z");

        Assert.StartsWith("""{"taskId":"few","totalLogs":12,"logCounts":{"stdout":4,"stderr":4,"agent":4},"levelCounts":{"DEBUG":4,"INFO":2,"WARN":2,"ERROR":4},"timeRange":{"start":"2026-01-01T00:00:00.000000000Z","end":"2026-01-01T00:00:11.000000000Z"},"bytes":75,"lastSeq":12,"lastUpdated":""", all.Text);
        Assert.Equal(0, Number(all, "dropped"));
        Assert.Contains("""totalLogs":1,"logCounts":{"stdout":1,"stderr":0,"agent":0},"levelCounts":{"DEBUG":0,"INFO":0,"WARN":1,"ERROR":0}""", part.Text);
        Assert.Equal((0, JsonValueKind.Null), (Number(none, "totalLogs"), none.Json.GetProperty("timeRange").ValueKind));
    }

    [Theory]
    [InlineData("/api/v1/tasks/none/logs")]
    [InlineData("/api/v1/tasks/none/logs/stats")]
    [InlineData("/api/v1/tasks/none/logs/export")]
    [InlineData("/api/v1/tasks/none")]
    [InlineData("/api/v1/tasks/none/script")]
    [InlineData("/api/v1/execution/none/logs")]
    public async Task A_task_that_is_not_there_is_named(string path) =>
        Assert.Equal("none", (await _server.GetAsync(path)).AssertError(404, "TASK_NOT_FOUND").GetProperty("details").GetProperty("taskId").GetString());

    [Theory]
    [InlineData("status")]
    [InlineData("a%20b")]
    [InlineData("a%2Fb")]
    public async Task What_cannot_be_an_id_is_refused(string id) => (await _server.GetAsync($"/api/v1/tasks/{id}/logs")).AssertError(400, "VALIDATION_ERROR");

    private async Task<string> FillOwnAsync()
    {
        string task = Guid.NewGuid().ToString();
        await _server.FillAsync(task, 250);
        return task;
    }

    private static long[] Range(int first, int last) => [.. Enumerable.Range(first, last - first + 1).Select(number => (long)number)];

    private static long Number(Answer answer, string name) => answer.Json.GetProperty(name).GetInt64();
}
