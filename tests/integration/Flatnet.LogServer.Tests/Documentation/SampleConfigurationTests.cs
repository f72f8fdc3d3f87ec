using Flatnet.LogServer.Harness;
using Flatnet.LogServer.Tests.Support;

namespace Flatnet.LogServer.Tests.Documentation;

/// <summary>The files of <c>config/</c> that <c>make install</c> puts into /etc/flatnet are accepted by the programs that read them there.</summary>
public sealed class SampleConfigurationTests
{
    [Fact]
    public async Task The_server_takes_its_sample()
    {
        using RunningProgram check = RunningProgram.Start(Repository.Server, ["config", "check", "--config", Sample("flatnetd.yaml")], []);
        int exitCode = await check.WaitForExitAsync();
        Assert.True(exitCode == 0, string.Join('\n', check.Errors));
    }

    [Fact]
    public async Task The_agent_takes_its_sample_once_the_file_with_the_key_is_there()
    {
        using var directory = new TemporaryDirectory();
        string sample = await File.ReadAllTextAsync(Sample("agent.yaml"));
        string key = Path.Combine(directory.Path, "agent.token");
        string copy = Path.Combine(directory.Path, "agent.yaml");
        await File.WriteAllTextAsync(copy, sample.Replace("/etc/flatnet/agent.token", key, StringComparison.Ordinal));

        using (RunningProgram early = Show(copy))
        {
            Assert.NotEqual(0, await early.WaitForExitAsync());
            Assert.Contains(early.Errors, line => line.Contains(key, StringComparison.Ordinal));
        }

        await File.WriteAllTextAsync(key, "fnk_of-the-test\n");
        using RunningProgram show = Show(copy);
        int exitCode = await show.WaitForExitAsync();
        Assert.True(exitCode == 0, string.Join('\n', show.Errors));
        Assert.Contains(show.Output, line => line.StartsWith("auth.token ", StringComparison.Ordinal) && line.Contains("***", StringComparison.Ordinal));
        Assert.DoesNotContain(show.Output, line => line.Contains("of-the-test", StringComparison.Ordinal));
    }

    private static RunningProgram Show(string file) => RunningProgram.Start(Repository.Agent, ["config", "show", "--config", file], []);

    private static string Sample(string name) => Path.Combine(Repository.Root, "config", name);
}
