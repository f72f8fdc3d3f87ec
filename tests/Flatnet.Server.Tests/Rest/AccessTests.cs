using System.Text.Json;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Tests.Rest;

public sealed class AccessTests(RestFixture fixture) : IClassFixture<RestFixture>, IAsyncLifetime
{
    private readonly RestServer _server = fixture.Server;

    public Task InitializeAsync() => _server.FillAsync("t", 3);

    public Task DisposeAsync()
    {
        _server.Store.BeforeFind = () => Task.CompletedTask;
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("GET", "/api/v1/tasks/t/logs", "logs:read")]
    [InlineData("GET", "/api/v1/tasks/t/logs/stats", "logs:read")]
    [InlineData("GET", "/api/v1/tasks/t/logs/export", "logs:read")]
    [InlineData("GET", "/api/v1/execution/t/logs", "logs:read")]
    [InlineData("GET", "/api/v1/tasks/t", "logs:read")]
    [InlineData("GET", "/api/v1/tasks/t/streams/s", "logs:write")]
    [InlineData("POST", "/api/v1/tasks/t/logs", "logs:write")]
    [InlineData("PUT", "/api/v1/tasks/t/status", "logs:write")]
    [InlineData("DELETE", "/api/v1/tasks/t/logs", "logs:delete")]
    [InlineData("DELETE", "/api/v1/tasks/t", "logs:delete")]
    [InlineData("POST", "/api/v1/tasks", "tasks:write")]
    public async Task Each_endpoint_needs_its_scope_and_the_task(string method, string path, string scope)
    {
        string others = string.Join(' ', new[] { "logs:read", "logs:write", "logs:delete", "tasks:write" }.Where(name => name != scope));
        string body = path.EndsWith("status", StringComparison.Ordinal) ? """{"status":"PROCESSING"}"""
            : path.EndsWith("logs", StringComparison.Ordinal) ? """{"source":"stdout","message":"x"}""" : """{"id":"t"}""";
        async Task<Answer> SendAsync(string token) => await _server.SendAsync(new HttpMethod(method), path, method == "GET" ? null : body, token: token);

        (await SendAsync("nobody-knows-this-token")).AssertError(401, "UNAUTHORIZED");
        (await SendAsync(_server.MakeKey(others))).AssertError(403, "FORBIDDEN");
        (await SendAsync(_server.MakeKey(scope, "other"))).AssertError(403, "FORBIDDEN");
        Assert.InRange((await SendAsync(_server.MakeKey(scope, "t"))).Status, 200, 204);
    }

    [Theory]
    [InlineData("GET", "/nothing", 404, "RESOURCE_NOT_FOUND")]
    [InlineData("GET", "/api/v2/tasks", 404, "RESOURCE_NOT_FOUND")]
    [InlineData("PATCH", "/api/v1/tasks/t/logs", 405, "INVALID_INPUT")]
    [InlineData("POST", "/health", 405, "INVALID_INPUT")]
    public async Task Unknown_addresses_and_methods_get_the_same_shape(string method, string path, int status, string code) =>
        (await _server.SendAsync(new HttpMethod(method), path)).AssertError(status, code);

    [Fact]
    public async Task Health_and_readiness_and_metrics_need_no_token()
    {
        using var anybody = new HttpClient { BaseAddress = _server.Client.BaseAddress };

        Assert.Equal("""{"status":"healthy"}""", await anybody.GetStringAsync("/health"));
        Assert.Equal("""{"status":"ready"}""", await anybody.GetStringAsync("/ready"));
        string metrics = await anybody.GetStringAsync("/metrics");
        Assert.Contains("http_server_request_duration_seconds", metrics);
        Assert.DoesNotContain("\"t\"", metrics);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_not_ready()
    {
        _server.Store.BeforeFind = () => throw new StoreException("gone");

        (await _server.GetAsync("/ready")).AssertError(503, "NOT_READY");
        Assert.Equal(200, (await _server.GetAsync("/health")).Status);
    }

    [Fact]
    public async Task Answers_tell_browsers_to_keep_their_hands_off()
    {
        Answer answer = await _server.GetAsync("/nothing");

        Assert.Equal(["nosniff"], answer.Response.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["default-src 'none'; frame-ancestors 'none'"], answer.Response.Headers.GetValues("Content-Security-Policy"));
        Assert.False(answer.Response.Headers.Contains("Server"));
        Assert.False(answer.Response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("*", "*", false)]
    [InlineData("https://ci.example.com", "https://ci.example.com", true)]
    [InlineData("https://other.example.com", null, false)]
    public async Task Pages_of_other_hosts_are_let_in_by_name_and_with_cookies_only_so(string allowed, string? answered, bool credentials)
    {
        await using RestServer server = await RestServer.StartAsync(options => options with { Http = options.Http with { AllowedOrigins = [allowed] } });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health");
        request.Headers.Add("Origin", "https://ci.example.com");

        using HttpResponseMessage response = await server.Client.SendAsync(request);

        Assert.Equal(answered, response.Headers.TryGetValues("Access-Control-Allow-Origin", out IEnumerable<string>? origins) ? origins.Single() : null);
        Assert.Equal(credentials, response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task The_description_has_every_address_with_its_parameters()
    {
        JsonElement paths = (await _server.GetAsync("/openapi/v1.json")).Json.GetProperty("paths");

        string[] operations = [.. paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name} {path.Name}"))];
        foreach (string wanted in (string[])[
            "get /api/v1/tasks/{taskId}/logs", "post /api/v1/tasks/{taskId}/logs", "delete /api/v1/tasks/{taskId}/logs",
            "get /api/v1/tasks/{taskId}/logs/stats", "get /api/v1/tasks/{taskId}/logs/export", "get /api/v1/search", "get /api/v1/execution/{taskId}/logs",
            "get /api/v1/tasks", "post /api/v1/tasks", "get /api/v1/tasks/{taskId}", "delete /api/v1/tasks/{taskId}", "put /api/v1/tasks/{taskId}/status",
            "get /api/v1/tasks/{taskId}/script", "get /api/v1/tasks/{taskId}/streams/{streamId}", "get /api/v1/health", "post /api/v1/auth/login"])
        {
            Assert.Contains(wanted, operations);
        }

        string[] parameters = [.. paths.GetProperty("/api/v1/tasks/{taskId}/logs").GetProperty("get").GetProperty("parameters").EnumerateArray().Select(item => item.GetProperty("name").GetString()!)];
        Assert.Equal(["taskId", "source", "level", "min_level", "q", "regex", "from", "to", "order", "page", "size", "after_seq", "before_seq", "limit", "tail", "max_seq"], parameters);
    }
}
