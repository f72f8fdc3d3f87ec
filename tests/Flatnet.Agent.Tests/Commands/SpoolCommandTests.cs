using Flatnet.Agent.Tests.Support;

namespace Flatnet.Agent.Tests.Commands;

public sealed class SpoolCommandTests : IAsyncLifetime, IDisposable
{
    private readonly TestDirectory _directory = new();
    private LogServer _server = null!;

    public async Task InitializeAsync() => _server = await LogServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_was_left_behind_is_listed_and_sent_with_how_it_ended()
    {
        string ended = Leftover.Write(_directory.File("spool"), "task-a", lines: 20, exitCode: 4);
        string killed = Leftover.Write(_directory.File("spool"), "task-b", lines: 30, exitCode: null);

        AgentRun list = await RunAsync("spool", "list");
        Assert.Contains($"task-a\t{ended}\t20\t", list.Output, StringComparison.Ordinal);
        Assert.Contains($"task-b\t{killed}\t30\t", list.Output, StringComparison.Ordinal);

        AgentRun flush = await RunAsync("spool", "flush", "--wait", "1h");
        Assert.Equal(0, flush.ExitCode);
        Assert.Contains("2 of 2 streams delivered, 0 lines left.", flush.Output, StringComparison.Ordinal);
        Assert.Equal(20, _server.Stream("task-a", ended).Messages.Length);
        Assert.Equal(30, _server.Stream("task-b", killed).Messages.Length);
        Assert.Equal(["task-a FAILED 4", "task-b FAILED"], _server.Statuses.Order());

        Assert.Equal("TASK\tSTREAM\tLINES\tBYTES\tEXIT" + Environment.NewLine, (await RunAsync("spool", "list")).Output);
    }

    [Fact]
    public async Task What_cannot_be_sent_stays()
    {
        Leftover.Write(_directory.File("spool"), "task-a", lines: 20, exitCode: 0);
        _server.Intercept = static _ => LogServer.Error(503, "NOT_READY");

        AgentRun flush = await RunAsync("spool", "flush", "--wait", "10s");

        Assert.Equal(1, flush.ExitCode);
        Assert.Contains("0 of 1 streams delivered, 20 lines left.", flush.Output, StringComparison.Ordinal);
        Assert.Contains("task-a", (await RunAsync("spool", "list")).Output, StringComparison.Ordinal);
    }

    private Task<AgentRun> RunAsync(params string[] arguments) =>
        AgentRun.OfAsync(_directory, new() { ["FLATNET_API_URL"] = _server.Url.ToString() }, arguments);
}
