using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Flatnet.LogServer.Harness;
using Flatnet.LogServer.Tests.Support;

namespace Flatnet.LogServer.Tests.Tasks;

/// <summary>What can be done with a task, and seen of it, while it runs.</summary>
public sealed class RunningTaskTests : IDisposable
{
    // Until it is told to end it says things that are not streamed at the usual level.
    private const string Chatty = "echo ready; while [ ! -e end ]; do echo 'DEBUG detail'; sleep 0.05; done; echo done";

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Its_level_is_changed_by_the_server()
    {
        using LogServerProcess server = await LogServerProcess.StartAsync(Repository.Server, _directory.Make("data"), LogServerProcess.NoLimits);
        string home = _directory.Make("agent");
        using RunningProgram agent = AgentProgram.Execute(Repository.Agent, server.Address, "chatty", Chatty, home);
        await LineAsync(server, "ready");
        using HttpResponseMessage answer = await server.Client.PutAsJsonAsync("/api/v1/tasks/chatty/level", new { level = "debug" });
        Assert.Equal("""{"taskId":"chatty","level":"DEBUG","agents":1}""", await answer.Content.ReadAsStringAsync());
        await LineAsync(server, "DEBUG detail");
        await File.WriteAllTextAsync(Path.Combine(home, "end"), "");
        Assert.Equal(0, await agent.WaitForExitAsync());
        string[] lines = [.. (await TaskReader.ExportAsync(server.Client, "chatty")).Select(line => line.Message)];
        Assert.Equal(("ready", "DEBUG detail", "done"), (lines[0], lines[1], lines[^1]));
    }

    [Fact]
    public async Task Only_who_may_change_tasks_changes_a_level_and_only_to_one()
    {
        using LogServerProcess server = await LogServerProcess.StartAsync(Repository.Server, _directory.Make("data"), LogServerProcess.NoLimits);
        using HttpResponseMessage wrong = await server.Client.PutAsJsonAsync("/api/v1/tasks/any/level", new { level = "loud" });
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var stranger = new HttpClient { BaseAddress = server.Address };
        using HttpResponseMessage refused = await stranger.PutAsJsonAsync("/api/v1/tasks/any/level", new { level = "debug" });
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task Its_agent_serves_metrics()
    {
        using LogServerProcess server = await LogServerProcess.StartAsync(Repository.Server, _directory.Make("data"), LogServerProcess.NoLimits);
        string home = _directory.Make("agent");
        int port = FreePort();
        string configuration = $"monitoring:\n  prometheus:\n    enabled: true\n    port: {port}\n";
        using RunningProgram agent = AgentProgram.Execute(Repository.Agent, server.Address, "measured", Chatty, home, configuration);
        await LineAsync(server, "ready", "measured");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        string[] metrics = (await client.GetStringAsync("/metrics")).Split('\n');
        Assert.Contains("keruta_logs_total{source=\"stdout\",level=\"INFO\"} 1", metrics);
        Assert.Contains("keruta_ws_connected 1", metrics);
        Assert.Contains(metrics, line => line.StartsWith("keruta_buffer_size{type=\"queue_lines\"} ", StringComparison.Ordinal));
        using JsonDocument health = JsonDocument.Parse(await client.GetStringAsync("/health"));
        Assert.Equal("healthy", health.RootElement.GetProperty("status").GetString());
        await File.WriteAllTextAsync(Path.Combine(home, "end"), "");
        Assert.Equal(0, await agent.WaitForExitAsync());
    }

    public void Dispose() => _directory.Dispose();

    private static Task LineAsync(LogServerProcess server, string message, string taskId = "chatty") => Eventually.TrueAsync(
        async () =>
        {
            using HttpResponseMessage answer = await server.Client.GetAsync($"/api/v1/tasks/{taskId}/logs");
            return answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync()).Contains(message, StringComparison.Ordinal);
        },
        () => $"'{message}' is stored");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
