using System.Text.Json;

namespace Flatnet.Server.Tests.Rest;

public sealed class TaskTests(RestFixture fixture) : IClassFixture<RestFixture>
{
    private readonly RestServer _server = fixture.Server;

    [Fact]
    public async Task A_task_is_made_with_its_script()
    {
        Answer made = await _server.PostAsync("/api/v1/tasks", """{"id":"made","script":"echo hi","environment":{"A":"1"},"retention":"12h"}""");
        Answer script = await _server.GetAsync("/api/v1/tasks/made/script");
        Answer again = await _server.PostAsync("/api/v1/tasks", """{"id":"made","script":{"installScript":"i","cleanupScript":"c"}}""");

        Assert.Equal((201, "/api/v1/tasks/made"), (made.Status, made.Response.Headers.Location?.ToString()));
        Assert.Equal(("made", "12h", true), (Text(made, "id"), Text(made, "retention"), made.Json.GetProperty("hasScript").GetBoolean()));
        Assert.Equal("""{"script":{"installScript":null,"executeScript":"echo hi","cleanupScript":null},"environment":{"A":"1"}}""", script.Text);
        Assert.Equal(200, again.Status);
        Assert.Equal("c", (await _server.GetAsync("/api/v1/tasks/made/script")).Json.GetProperty("script").GetProperty("cleanupScript").GetString());
    }

    [Fact]
    public async Task A_task_without_a_name_gets_one()
    {
        Answer made = await _server.PostAsync("/api/v1/tasks", "{}");

        Assert.Equal(200, (await _server.GetAsync("/api/v1/tasks/" + Text(made, "id"))).Status);
        (await _server.GetAsync($"/api/v1/tasks/{Text(made, "id")}/script")).AssertError(404, "RESOURCE_NOT_FOUND");
    }

    [Theory]
    [InlineData("""{"id":"a b"}""", "VALIDATION_ERROR")]
    [InlineData("""{"id":"status"}""", "VALIDATION_ERROR")]
    [InlineData("""{"retention":"soon"}""", "VALIDATION_ERROR")]
    [InlineData("""{"retention":"0s"}""", "VALIDATION_ERROR")]
    [InlineData("""{"script":7}""", "VALIDATION_ERROR")]
    [InlineData("""{"script":{"run":"x"}}""", "VALIDATION_ERROR")]
    [InlineData("""{"environment":{"A":"1"}}""", "VALIDATION_ERROR")]
    [InlineData("""{"script":"x","environment":{"A":1}}""", "INVALID_INPUT")]
    [InlineData("""{"name":"t"}""", "INVALID_INPUT")]
    [InlineData("[]", "INVALID_INPUT")]
    [InlineData("null", "INVALID_INPUT")]
    [InlineData("{", "INVALID_INPUT")]
    public async Task What_makes_no_sense_of_a_task_is_refused(string body, string code) => (await _server.PostAsync("/api/v1/tasks", body)).AssertError(400, code);

    [Fact]
    public async Task A_status_is_reported()
    {
        Answer answer = await _server.SendAsync(HttpMethod.Put, "/api/v1/tasks/t/status", """{"status":"FAILED","exitCode":3}""");

        Assert.Equal(("FAILED", 3), (Text(answer, "status"), answer.Json.GetProperty("exitCode").GetInt32()));
        Assert.Equal("FAILED", Text(await _server.GetAsync("/api/v1/tasks/t"), "status"));
    }

    [Theory]
    [InlineData("""{"status":"DONE"}""", "VALIDATION_ERROR")]
    [InlineData("{}", "VALIDATION_ERROR")]
    [InlineData("""{"status":"PROCESSING","exitCode":1}""", "VALIDATION_ERROR")]
    [InlineData("""{"status":"FAILED","exitCode":"one"}""", "INVALID_INPUT")]
    public async Task What_makes_no_sense_of_a_status_is_refused(string body, string code) =>
        (await _server.SendAsync(HttpMethod.Put, "/api/v1/tasks/t/status", body)).AssertError(400, code);

    [Fact]
    public async Task A_stream_goes_on_where_it_is_durable()
    {
        await _server.PostAsync("/api/v1/tasks/t/logs", """[{"source":"stdout","message":"x","streamId":"s","sequence":1},{"source":"stdout","message":"y","streamId":"s","sequence":2}]""");

        Assert.Equal("""{"streamId":"s","lastSequence":2}""", (await _server.GetAsync("/api/v1/tasks/t/streams/s")).Text);
        Assert.Equal("""{"streamId":"other","lastSequence":0}""", (await _server.GetAsync("/api/v1/tasks/t/streams/other")).Text);
    }

    [Fact]
    public async Task Tasks_are_listed_from_the_newest_by_a_cursor()
    {
        await using RestServer server = await RestServer.StartAsync();
        foreach (string id in new[] { "a", "b", "c" })
        {
            await server.PostAsync("/api/v1/tasks", $$"""{"id":"{{id}}"}""");
        }

        Answer first = await server.GetAsync("/api/v1/tasks?limit=2");
        Answer second = await server.GetAsync("/api/v1/tasks?limit=2&before=" + Text(first, "next"));

        Assert.Equal(["c", "b"], Ids(first));
        Assert.Equal(["a"], Ids(second));
        Assert.Equal(JsonValueKind.Null, second.Json.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task A_deleted_task_is_gone()
    {
        await _server.FillAsync("gone", 3);

        Assert.Equal(204, (await _server.SendAsync(HttpMethod.Delete, "/api/v1/tasks/gone")).Status);
        (await _server.GetAsync("/api/v1/tasks/gone")).AssertError(404, "TASK_NOT_FOUND");
        (await _server.SendAsync(HttpMethod.Delete, "/api/v1/tasks/gone")).AssertError(404, "TASK_NOT_FOUND");
    }

    [Fact]
    public async Task A_search_goes_over_the_tasks_that_the_asker_may_read()
    {
        await using RestServer server = await RestServer.StartAsync();
        await server.FillAsync("a", 20);
        await server.FillAsync("b", 20);
        string key = server.MakeKey("logs:read", "b*");

        Answer all = await server.GetAsync("/api/v1/search?q=line%2012");
        Answer own = await server.SendAsync(HttpMethod.Get, "/api/v1/search?regex=2%24&limit=1", token: key);
        Answer tasks = await server.SendAsync(HttpMethod.Get, "/api/v1/tasks", token: key);

        Assert.Equal(["a-12", "b-12"], Ids(all).Order());
        Assert.False(all.Json.GetProperty("hasMore").GetBoolean());
        Assert.Equal(["b-2"], Ids(own));
        Assert.True(own.Json.GetProperty("hasMore").GetBoolean());
        Assert.Equal(["b"], Ids(tasks));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?level=ERROR")]
    [InlineData("?q=x&limit=0")]
    [InlineData("?q=x&page=1")]
    public async Task A_search_for_nothing_is_refused(string query) => (await _server.GetAsync("/api/v1/search" + query)).AssertError(400, "VALIDATION_ERROR");

    private static string? Text(Answer answer, string name) => answer.Json.GetProperty(name).GetString();

    private static IEnumerable<string?> Ids(Answer answer) => answer.Json.GetProperty("content").EnumerateArray().Select(item => item.GetProperty("id").GetString());
}
