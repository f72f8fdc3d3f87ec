using System.Diagnostics;
using System.Text.Json.Nodes;
using Flatnet.EndToEnd.Tests.Harness;

namespace Flatnet.EndToEnd.Tests;

/// <summary>What only the published file can show: how it was linked, what it starts, what it says when called by hand.</summary>
public sealed class PublishedBinaryTests : IDisposable
{
    private static readonly JsonObject Configuration = Configure();

    private readonly Sandbox _sandbox = new();

    public void Dispose()
    {
        _sandbox.Dispose();
    }

    [HostFact]
    public void It_needs_no_library_of_the_machine()
    {
        // A program header of type PT_INTERP names the loader that a dynamic executable asks for.
        byte[] loader = "/ld-linux"u8.ToArray();

        Assert.Equal(-1, File.ReadAllBytes(PluginUnderTest.File).AsSpan(0, 4096).IndexOf(loader));
    }

    [HostFact]
    public void Version_is_answered_while_standard_input_stays_open()
    {
        using Process process = Command.Start(
            [PluginUnderTest.File], new Dictionary<string, string> { ["CNI_COMMAND"] = "VERSION", ["CNI_NETNS"] = "dummy", ["CNI_IFNAME"] = "dummy", ["CNI_PATH"] = "dummy" });

        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(10)), "VERSION waits for input");
        Assert.Equal(0, process.ExitCode);
        JsonNode answer = JsonNode.Parse(process.StandardOutput.ReadToEnd())!;
        Assert.Equal(["0.1.0", "0.2.0", "0.3.0", "0.3.1", "0.4.0", "1.0.0", "1.1.0"], answer["supportedVersions"]!.AsArray().Select(version => (string)version!));
    }

    [HostFact]
    public void Called_by_hand_it_says_what_it_is_and_fails_nothing()
    {
        CommandResult result = _sandbox.Try([$"{Sandbox.PluginDirectory}/flatnet"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains("CNI", result.Error, StringComparison.Ordinal);
        Assert.Contains("1.1.0", result.Error, StringComparison.Ordinal);
    }

    [HostFact("strace")]
    public void Add_starts_no_other_program()
    {
        Node node = _sandbox.AddNode("container");
        Dictionary<string, string> environment = new()
        {
            ["CNI_COMMAND"] = "ADD",
            ["CNI_CONTAINERID"] = "id-1",
            ["CNI_NETNS"] = node.Path,
            ["CNI_IFNAME"] = "eth0",
            ["CNI_PATH"] = Sandbox.PluginDirectory,
        };

        _sandbox.Try(
            ["strace", "--follow-forks", "--trace=execve,execveat", "--output=/tmp/trace", $"{Sandbox.PluginDirectory}/flatnet"],
            environment,
            Configuration.ToJsonString()).ExpectSuccess();

        Assert.Single(_sandbox.Read("/tmp/trace").Split('\n'), line => line.Contains("execve(", StringComparison.Ordinal));
    }

    [HostFact]
    public void State_is_for_the_owner_alone_and_the_log_not_for_everybody()
    {
        Node node = _sandbox.AddNode("container");
        new PluginCall { Command = "ADD", Configuration = Configuration, ContainerId = "id-1", InterfaceName = "eth0", NamespacePath = node.Path }
            .Run(_sandbox).ExpectSuccess();

        Assert.Equal("600", _sandbox.Run("stat", "--format=%a", "/var/lib/cni/flatnet/ipam.json").Text);
        Assert.Equal("640", _sandbox.Run("stat", "--format=%a", "/var/log/flatnet/cni.log").Text);
        Assert.All(
            _sandbox.Read("/var/log/flatnet/cni.log").Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Equal("ADD", (string?)JsonNode.Parse(line)!["command"]));
    }

    private static JsonObject Configure()
    {
        JsonObject configuration = Networks.FlatnetPlugin(Networks.FlatBridge, Networks.FlatnetIpam());
        configuration["cniVersion"] = "1.0.0";
        configuration["name"] = Networks.Flat;
        return configuration;
    }
}
