using System.Text;
using Flatnet.LogServer.Harness;
using Flatnet.LogServer.Tests.Support;

namespace Flatnet.LogServer.Tests.Tasks;

/// <summary>`flatnet logs task:ID` beside the real server.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task The_command_shows_a_task_follows_it_over_a_restart_and_ends_with_it()
    {
        using var directory = new TemporaryDirectory();
        using LogServerProcess server = await LogServerProcess.StartAsync(Repository.Server, directory.Make("data"));
        await WriteAsync(server, "line 1", "line 2", "line 3");
        using (RunningProgram once = Logs(server, "--tail", "2", "--timestamps"))
        {
            Assert.Equal(0, await once.WaitForExitAsync());
            Assert.Equal(["line 2", "line 3"], once.Output.Select(line => line[^6..]));
            Assert.All(once.Output, line => Assert.Matches("^[0-9]{4}-", line));
        }

        using RunningProgram follow = Logs(server, "-f", "--tail", "all");
        await Eventually.TrueAsync(() => follow.Output.Count == 3, () => "the history is shown");
        await server.KillAsync();
        await server.RestartAsync();
        await WriteAsync(server, "line 4");
        await Eventually.TrueAsync(() => follow.Output.Count == 4, () => $"the new line is shown: {string.Join('\n', follow.Errors)}");
        using var end = new StringContent("""{"status":"COMPLETED","exitCode":0}""", Encoding.UTF8, "application/json");
        (await server.Client.PutAsync("/api/v1/tasks/shown/status", end)).EnsureSuccessStatusCode();
        Assert.Equal(0, await follow.WaitForExitAsync());
        Assert.Equal(["line 1", "line 2", "line 3", "line 4"], follow.Output.Select(line => line[^6..]));
    }

    [Fact]
    public async Task A_task_that_is_not_there_and_a_wrong_token_are_errors()
    {
        using var directory = new TemporaryDirectory();
        using LogServerProcess server = await LogServerProcess.StartAsync(Repository.Server, directory.Make("data"));
        using RunningProgram missing = Logs(server);
        Assert.Equal(1, await missing.WaitForExitAsync());
        Assert.Contains(missing.Errors, line => line.Contains("has no task 'shown'", StringComparison.Ordinal));
        using RunningProgram refused = RunningProgram.Start(
            Repository.Command, ["logs", "task:shown"], [("FLATNET_SERVER_URL", server.Address.ToString()), ("FLATNET_SERVER_TOKEN", "wrong")]);
        Assert.Equal(1, await refused.WaitForExitAsync());
        Assert.Contains(refused.Errors, line => line.Contains("does not accept the token", StringComparison.Ordinal));
    }

    private static RunningProgram Logs(LogServerProcess server, params string[] options) => RunningProgram.Start(
        Repository.Command,
        ["logs", "task:shown", .. options],
        [("FLATNET_SERVER_URL", server.Address.ToString()), ("FLATNET_SERVER_TOKEN", LogServerProcess.Token)]);

    private static async Task WriteAsync(LogServerProcess server, params string[] messages)
    {
        string lines = string.Join(',', messages.Select(message => $$"""{"source":"stdout","level":"INFO","message":"{{message}}"}"""));
        using var body = new StringContent($"[{lines}]", Encoding.UTF8, "application/json");
        (await server.Client.PostAsync("/api/v1/tasks/shown/logs", body)).EnsureSuccessStatusCode();
    }
}
