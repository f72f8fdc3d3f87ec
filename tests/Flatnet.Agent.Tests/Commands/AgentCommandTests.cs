using System.Text.Json;
using Flatnet.Agent.Tests.Support;

namespace Flatnet.Agent.Tests.Commands;

public sealed class AgentCommandTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Secrets_are_not_shown_and_everything_else_with_its_origin()
    {
        AgentRun run = await AgentRun.OfAsync(_directory, new() { ["KERUTA_AUTH_TOKEN"] = "hush1", ["FLATNET_API_KEY"] = "hush2", ["KERUTA_LOG_LEVEL"] = "WARN" }, "config", "show");

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("hush", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"auth\.token +\*\*\* +\(variable KERUTA_AUTH_TOKEN\)", run.Output);
        Assert.Matches(@"logStreaming\.level +WARN +\(variable KERUTA_LOG_LEVEL\)", run.Output);
        Assert.Matches(@"logStreaming\.batchSize +10 +\(default\)", run.Output);
    }

    [Fact]
    public async Task A_setting_is_written_and_holds()
    {
        string file = _directory.File("own.yaml", "# mine\nlogStreaming:\n  level: WARN\n");
        AgentRun set = await AgentRun.OfAsync(_directory, [], "config", "set", "logStreaming.level", "DEBUG", "--config", file);
        AgentRun bad = await AgentRun.OfAsync(_directory, [], "config", "set", "logStreaming.level", "LOUD", "--config", file);
        AgentRun show = await AgentRun.OfAsync(_directory, [], "config", "show", "--config", file);

        Assert.Equal((0, 2), (set.ExitCode, bad.ExitCode));
        Assert.Matches(@"logStreaming\.level +DEBUG ", show.Output);
        Assert.StartsWith("# mine\n", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_that_makes_no_sense_ends_with_code_2()
    {
        AgentRun run = await AgentRun.OfAsync(_directory, new() { ["KERUTA_LOG_BATCH_SIZE"] = "many", ["KERUTA_LOG_LEVEL"] = "loud" }, "config", "show");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("KERUTA_LOG_BATCH_SIZE is 'many'", run.Error, StringComparison.Ordinal);
        Assert.Contains("KERUTA_LOG_LEVEL is 'loud'", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task An_unknown_command_ends_with_code_2()
    {
        AgentRun run = await AgentRun.OfAsync(_directory, [], "flush");
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("Error: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_of_ones_own_reaches_the_server_without_its_secrets()
    {
        await using LogServer server = await LogServer.StartAsync();
        string? body = null;
        server.Rejects = entry =>
        {
            body = entry.GetRawText();
            return false;
        };
        AgentRun run = await AgentRun.OfAsync(_directory, [], "log", "--api-url", server.Url.ToString(), "--task-id", "t1", "warn", "password=hunter2 at noon");

        Assert.Equal((0, "", ""), (run.ExitCode, run.Output, run.Error));
        using JsonDocument entry = JsonDocument.Parse(body!);
        Assert.Equal("agent", entry.RootElement.GetProperty("source").GetString());
        Assert.Equal("WARN", entry.RootElement.GetProperty("level").GetString());
        Assert.DoesNotContain("hunter2", body, StringComparison.Ordinal);
        Assert.Contains("at noon", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_cannot_be_delivered_is_an_error_that_says_why()
    {
        await using LogServer server = await LogServer.StartAsync();
        server.Intercept = static _ => LogServer.Error(403, "FORBIDDEN");
        AgentRun run = await AgentRun.OfAsync(_directory, [], "log", "--api-url", server.Url.ToString(), "--task-id", "t1", "INFO", "x");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("403 FORBIDDEN", run.Error, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("log", "INFO", "x")]
    [InlineData("log", "--task-id", "t", "LOUD", "x")]
    [InlineData("log", "--task-id", "a b", "INFO", "x")]
    public async Task A_line_without_a_task_or_a_level_is_refused(params string[] arguments)
    {
        AgentRun run = await AgentRun.OfAsync(_directory, [], arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("Error: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, 0, "healthy")]
    [InlineData(503, 1, "unhealthy")]
    public async Task Health_is_a_document_and_an_exit_code(int status, int exitCode, string expected)
    {
        await using LogServer server = await LogServer.StartAsync();
        server.Intercept = context => status == 200 || context.WebSockets.IsWebSocketRequest ? null : LogServer.Error(status, "NOT_READY");
        AgentRun run = await AgentRun.OfAsync(_directory, new() { ["FLATNET_API_URL"] = server.Url.ToString() }, "health", "--check-api", "--check-disk");

        using JsonDocument report = JsonDocument.Parse(run.Output);
        JsonElement checks = report.RootElement.GetProperty("checks");
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(expected, report.RootElement.GetProperty("status").GetString());
        Assert.Equal(["api", "disk", "websocket"], checks.EnumerateObject().Select(static check => check.Name));
        Assert.Equal(status == 200, checks.GetProperty("api").GetProperty("healthy").GetBoolean());
        Assert.True(checks.GetProperty("websocket").GetProperty("healthy").GetBoolean());
        Assert.True(checks.GetProperty("api").GetProperty("latency").GetDouble() >= 0);
    }

    [Fact]
    public async Task Memory_is_looked_at_unless_something_else_is_asked_for()
    {
        AgentRun run = await AgentRun.OfAsync(_directory, [], "health", "--check-memory");
        using JsonDocument report = JsonDocument.Parse(run.Output);
        JsonProperty check = Assert.Single(report.RootElement.GetProperty("checks").EnumerateObject());
        Assert.Equal("memory", check.Name);
        Assert.Matches("^[1-9][0-9]? % of [0-9]+ MiB used", check.Value.GetProperty("message").GetString());
    }
}
