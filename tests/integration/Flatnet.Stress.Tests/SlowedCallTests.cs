using System.Text.Json.Nodes;

namespace Flatnet.Stress.Tests;

/// <summary>
/// Races whose window is too short to be hit by chance: <c>strace</c> holds one call at the critical system call until the other
/// has been through.
/// </summary>
public sealed class SlowedCallTests : IDisposable
{
    private const string Trace = "/tmp/trace";
    private const string Plugin = $"{Sandbox.PluginDirectory}/flatnet";

    private readonly StressHost _host = new(2);

    public void Dispose()
    {
        _host.Dispose();
    }

    [HostFact("cc", "strace", "nft")]
    public void A_network_that_goes_takes_no_rule_of_a_network_that_came_meanwhile()
    {
        JsonObject one = StressHost.Network("one", "br-one", "10.87.1.0/24");
        JsonObject two = StressHost.Network("two", "br-two", "10.87.2.0/24");
        _host.Attach(one, "c1");
        Follow(StressHost.Call("DEL", one, "c1"), "--trace=sendto").ExpectSuccess();
        int commit = 1 + Array.FindIndex(SystemCalls("send"), line => line.Contains("NFNL_MSG_BATCH_BEGIN", StringComparison.Ordinal));
        Assert.True(commit > 0, _host.Sandbox.Read(Trace));
        File.Delete(_host.Sandbox.Outside(Trace));
        _host.Attach(one, "c1");

        // One has seen that the table holds nothing but its own rule, and is about to delete the table.
        Task<CommandResult> leaving = Task.Run(() => Follow(
            StressHost.Call("DEL", one, "c1"), "--trace=sendto", $"--inject=sendto:delay_enter=2s:when={commit}"));
        Eventually.True(() => File.Exists(_host.Sandbox.Outside(Trace)) && SystemCalls("send").Length >= commit - 1, "DEL comes to its transaction");
        Thread.Sleep(TimeSpan.FromMilliseconds(100));
        _host.Attach(two, "c2");
        Assert.False(leaving.IsCompleted, "DEL did not wait");

        leaving.Result.ExpectSuccess();
        Assert.Equal(["flatnet two egress 10.87.2.0/24"], _host.Look().Rules);
        _host.Detach(two, "c2");
        Assert.Empty(_host.Look().Traces);
    }

    [HostFact("cc", "strace")]
    public void Two_that_make_the_directory_of_locks_both_use_it()
    {
        JsonObject one = StressHost.Network("one", "br-one", "10.87.1.0/24");
        JsonObject two = StressHost.Network("two", "br-two", "10.87.2.0/24");
        _host.Sandbox.Run("mkdir", "-p", "/var/lib/cni/one", "/var/lib/cni/two", "/var/log/flatnet");

        CommandResult first = MeetAt("/run/flatnet", StressHost.Call("ADD", one, "c1"), StressHost.Call("ADD", two, "c2"));

        Assert.Equal("", first.Error);
    }

    [HostFact("cc", "strace")]
    public void Two_that_make_the_directory_of_the_log_both_use_it()
    {
        JsonObject network = StressHost.Network();
        _host.Sandbox.Run("mkdir", "-p", "/var/lib/cni/flatnet", "/run/flatnet");

        MeetAt("/var/log/flatnet", StressHost.Call("DEL", network, "c1"), StressHost.Call("DEL", network, "c2"));

        Assert.Equal(2, _host.Sandbox.Read(StressHost.LogFile).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    /// <summary>Both calls find the directory missing; the first is held before its attempt to make it until the second is done.</summary>
    private CommandResult MeetAt(string directory, PluginCall first, PluginCall second)
    {
        Task<CommandResult> held = Task.Run(() => Follow(first, "--trace=mkdir", "--inject=mkdir:delay_enter=2s"));
        Eventually.True(() => _host.Sandbox.Try(["pgrep", "-x", "flatnet"]).ExitCode == 0, "the plugin runs");
        Thread.Sleep(TimeSpan.FromMilliseconds(500));
        second.Run(_host.Sandbox).ExpectSuccess();

        CommandResult result = held.Result.ExpectSuccess();
        Assert.Contains(SystemCalls("mkdir"), line => line.Contains($"\"{directory}\"", StringComparison.Ordinal) && line.Contains("EEXIST", StringComparison.Ordinal));
        return result;
    }

    private CommandResult Follow(PluginCall call, params string[] options)
    {
        Dictionary<string, string> environment = new()
        {
            ["CNI_COMMAND"] = call.Command,
            ["CNI_CONTAINERID"] = call.ContainerId,
            ["CNI_NETNS"] = call.NamespacePath,
            ["CNI_IFNAME"] = call.InterfaceName,
            ["CNI_PATH"] = Sandbox.PluginDirectory,
        };
        return _host.Sandbox.Try(["strace", $"--output={Trace}", "--quiet=all", .. options, Plugin], environment, call.Configuration.ToJsonString());
    }

    private string[] SystemCalls(string name)
    {
        return [.. _host.Sandbox.Read(Trace).Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal))];
    }
}
