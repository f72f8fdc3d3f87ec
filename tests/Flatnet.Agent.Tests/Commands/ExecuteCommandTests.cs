using Flatnet.Agent.Tests.Support;
using Flatnet.Agent.Transport;

namespace Flatnet.Agent.Tests.Commands;

public sealed class ExecuteCommandTests : IAsyncLifetime, IDisposable
{
    private readonly TestDirectory _directory = new();
    private LogServer _server = null!;

    public async Task InitializeAsync() => _server = await LogServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_script_runs_its_lines_arrive_and_its_code_is_the_agents()
    {
        string script = _directory.File("task.sh", "#!/bin/sh\necho one\necho two >&2\necho $FLATNET_TASK_ID\nexit 7\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        AgentRun run = await RunAsync("execute", "--task-id", "t1", "--script", script, "--work-dir", _directory.Path);

        Assert.Equal(7, run.ExitCode);
        Assert.Equal(["one", "t1", "two"], Stored("t1").Order());
        Assert.Equal("t1 FAILED 7", _server.Statuses.Last());
        Assert.Equal(0, Waiting());
    }

    [Fact]
    public async Task A_command_runs_without_a_script()
    {
        AgentRun run = await RunAsync("execute", "--task-id", "t1", "--work-dir", _directory.Path, "--", "printf", "%s-%s", "a b", "c");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("a b-c", Stored("t1").Last());
    }

    [Fact]
    public async Task The_servers_scripts_run_in_their_order_and_environment()
    {
        _server.Script = """{"script":{"installScript":"echo install $X","executeScript":"echo execute; exit 3","cleanupScript":"echo clean"},"environment":{"X":"y"}}""";
        AgentRun run = await RunAsync("execute", "--task-id", "t1", "--work-dir", _directory.Path);
        Assert.Equal(3, run.ExitCode);
        Assert.Equal(["install y", "execute", "clean"], Stored("t1"));
    }

    [Fact]
    public async Task Without_streaming_the_task_runs_and_nobody_is_asked()
    {
        AgentRun run = await RunAsync("execute", "--task-id", "t1", "--work-dir", _directory.Path, "--disable-log-streaming", "--", "false");
        Assert.Equal(1, run.ExitCode);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Lines_that_cannot_be_delivered_stay_and_the_code_is_still_the_tasks()
    {
        _server.Intercept = static _ => LogServer.Error(503, "NOT_READY");
        AgentRun run = await AgentRun.OfAsync(
            new TransportPace(), _directory, Variables, "execute", "--task-id", "t1", "--work-dir", _directory.Path, "--", "sh", "-c", "echo x; exit 5");
        Assert.Equal(5, run.ExitCode);
        Assert.Contains("1 lines of task t1 are not delivered", run.Error, StringComparison.Ordinal);
        Assert.Contains("flatnet-agent spool flush", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, Waiting());
    }

    [Theory]
    [InlineData("execute", "--no-such-option")]
    [InlineData("execute", "--", "true")]
    [InlineData("execute", "--task-id", "t1", "--timeout", "soon", "--", "true")]
    [InlineData("execute", "--task-id", "t1", "--script", "x", "--", "true")]
    public async Task What_is_not_the_tasks_fault_is_code_125(params string[] arguments)
    {
        AgentRun run = await RunAsync(arguments);
        Assert.Equal(125, run.ExitCode);
        Assert.StartsWith("Error: ", run.Error, StringComparison.Ordinal);
    }

    private int Waiting() => Directory.GetFiles(_directory.File("spool"), "*.seg", SearchOption.AllDirectories).Length;

    private string[] Stored(string task) => Assert.Single(_server.Streams(task)).Messages;

    private Dictionary<string, string> Variables => new() { ["FLATNET_API_URL"] = _server.Url.ToString(), ["PATH"] = "/usr/bin:/bin" };

    private Task<AgentRun> RunAsync(params string[] arguments) => AgentRun.OfAsync(_directory, Variables, arguments);
}
