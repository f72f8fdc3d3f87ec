using System.Text.Json;

namespace Flatnet.Server.Tests.Rest;

/// <summary>The interface's description says what the server does.</summary>
public sealed class DescriptionTests(RestFixture fixture) : IClassFixture<RestFixture>
{
    private readonly RestServer _server = fixture.Server;

    [Fact]
    public async Task Every_reference_leads_somewhere_and_every_shape_is_used()
    {
        JsonElement document = await DocumentAsync();
        var checker = new SchemaChecker(document);
        var used = new HashSet<string>();
        foreach (string reference in References(document))
        {
            checker.Resolve(reference);
            used.Add(reference[(reference.LastIndexOf('/') + 1)..]);
        }

        Assert.Equal(document.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(schema => schema.Name).Order(), used.Order());
    }

    [Fact]
    public async Task Every_JSON_answer_and_body_has_a_shape()
    {
        foreach (JsonProperty path in (await DocumentAsync()).GetProperty("paths").EnumerateObject())
        {
            foreach (JsonProperty operation in path.Value.EnumerateObject())
            {
                IEnumerable<JsonElement> bodies = operation.Value.GetProperty("responses").EnumerateObject().Select(response => response.Value)
                    .Concat(operation.Value.TryGetProperty("requestBody", out JsonElement body) ? [body] : []);
                foreach (JsonElement content in bodies.Where(one => one.TryGetProperty("content", out _)).Select(one => one.GetProperty("content")))
                {
                    Assert.True(
                        !content.TryGetProperty("application/json", out JsonElement json) || json.TryGetProperty("schema", out _),
                        $"{operation.Name} {path.Name} does not say what its JSON is.");
                }
            }
        }
    }

    [Fact]
    public async Task Answers_have_the_shape_that_is_described()
    {
        const string Logs = "/api/v1/tasks/{taskId}/logs";
        await _server.FillAsync("described", 20);
        await CheckAsync("POST", "/api/v1/tasks", "/api/v1/tasks", """{"id":"new","script":"make","environment":{"A":"b"},"retention":"3d"}""", 201);
        await CheckAsync("POST", "/api/v1/tasks", "/api/v1/tasks", """{"id":"new","script":{"installScript":"i","executeScript":"e"}}""");
        await CheckAsync("GET", "/api/v1/tasks/{taskId}/script", "/api/v1/tasks/new/script");
        await CheckAsync("POST", Logs, "/api/v1/tasks/new/logs", """{"source":"stdout","message":"one","metadata":{"podName":"p"},"streamId":"s","sequence":1,"partial":true,"lineNumber":1}""");
        await CheckAsync("POST", Logs, "/api/v1/tasks/new/logs", """{"source":"stdout","message":"one","streamId":"s","sequence":1}""");
        await CheckAsync("POST", Logs, "/api/v1/tasks/new/logs", $$"""[{"source":"stdout","message":"{{new string('x', 9000)}}","streamId":"s","sequence":2,"replaces":1},{"source":"tape","message":"?"}]""");
        await CheckAsync("GET", Logs, "/api/v1/tasks/new/logs");
        await CheckAsync("GET", Logs, "/api/v1/tasks/described/logs?size=5&page=1");
        await CheckAsync("GET", Logs, "/api/v1/tasks/described/logs?tail=3");
        await CheckAsync("GET", Logs, "/api/v1/tasks/described/logs?size=5000", status: 400);
        await CheckAsync("GET", Logs, "/api/v1/tasks/nobody/logs", status: 404);
        await CheckAsync("GET", Logs + "/stats", "/api/v1/tasks/described/logs/stats");
        await CheckAsync("GET", Logs + "/stats", "/api/v1/tasks/described/logs/stats?to=2000-01-01T00:00:00Z");
        await CheckAsync("GET", Logs + "/export", "/api/v1/tasks/described/logs/export?format=json");
        await CheckAsync("GET", "/api/v1/search", "/api/v1/search?q=line&limit=2");
        await CheckAsync("GET", "/api/v1/tasks", "/api/v1/tasks?limit=1");
        await CheckAsync("GET", "/api/v1/tasks", "/api/v1/tasks");
        await CheckAsync("GET", "/api/v1/tasks/{taskId}", "/api/v1/tasks/described");
        await CheckAsync("PUT", "/api/v1/tasks/{taskId}/status", "/api/v1/tasks/described/status", """{"status":"COMPLETED","exitCode":0}""");
        await CheckAsync("GET", "/api/v1/tasks/{taskId}/streams/{streamId}", "/api/v1/tasks/new/streams/s");
        await CheckAsync("DELETE", Logs, "/api/v1/tasks/described/logs");
        await CheckAsync("GET", Logs + "/stats", "/api/v1/tasks/described/logs/stats");
        await CheckAsync("GET", "/api/v1/health", "/api/v1/health");
        await CheckAsync("GET", "/api/v1/ready", "/api/v1/ready");
        await CheckAsync("POST", "/api/v1/auth/login", "/api/v1/auth/login", """{"username":"nobody","password":"wrong"}""", 401);
    }

    [Fact]
    public async Task Bodies_of_the_documented_kind_are_described()
    {
        JsonElement document = await DocumentAsync();
        var checker = new SchemaChecker(document);
        JsonElement schemas = document.GetProperty("components").GetProperty("schemas");
        Assert.NotEmpty(checker.Check(schemas.GetProperty("LogRequest"), JsonElement.Parse("""{"source":"tape","message":"m"}""")));
        Assert.NotEmpty(checker.Check(schemas.GetProperty("LogRequests"), JsonElement.Parse("""[{"source":"stdout"}]""")));
        Assert.Empty(checker.Check(schemas.GetProperty("LogRequests"), JsonElement.Parse("""[{"source":"stdout","message":"m"}]""")));
        Assert.Empty(checker.Check(schemas.GetProperty("Session"), JsonElement.Parse("""{"token":"t","refreshToken":"r","expiresIn":3600}""")));
    }

    private async Task CheckAsync(string method, string template, string path, string? body = null, int status = 200)
    {
        JsonElement document = await DocumentAsync();
        Answer answer = await _server.SendAsync(new HttpMethod(method), path, body);
        Assert.Equal(status, answer.Status);
        JsonElement responses = document.GetProperty("paths").GetProperty(template).GetProperty(method.ToLowerInvariant()).GetProperty("responses");
        JsonElement response = responses.GetProperty(status >= 400 ? "default" : status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        JsonElement schema = response.GetProperty("content").GetProperty("application/json").GetProperty("schema");
        Assert.Empty(new SchemaChecker(document).Check(schema, answer.Json).Select(mistake => $"{method} {path}: {mistake}"));
    }

    private async Task<JsonElement> DocumentAsync() => (await _server.GetAsync("/openapi/v1.json")).Json;

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member.Name == "$ref" ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
