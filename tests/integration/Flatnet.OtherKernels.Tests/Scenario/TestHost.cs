using System.Text.Json.Nodes;
using Flatnet.OtherKernels.Tests.Machines;

namespace Flatnet.OtherKernels.Tests.Scenario;

/// <summary>
/// One test's world inside a machine: a network namespace that plays the host, others that play containers, a directory
/// for state and log. Everything is removed again, also when the test fails.
/// </summary>
internal sealed class TestHost : IDisposable
{
    private static int _count;

    private readonly ShellSession _shell;
    private readonly string _directory;
    private readonly List<string> _namespaces = [];

    public TestHost(ShellSession shell)
    {
        _shell = shell;
        Name = $"host{Interlocked.Increment(ref _count)}";
        _directory = $"/run/flatnet-test/{Name}";
        AddNamespace(Name);
        _shell.Read($"mkdir {_directory}");
    }

    public string Name { get; }

    public string DataDirectory => _directory + "/state";

    public string LogFile => _directory + "/cni.log";

    /// <summary>What the plugin is run with in front, for example a program that takes privileges away; empty for nothing.</summary>
    public string Launcher { get; init; } = "";

    public string SearchPath { get; init; } = "/usr/sbin:/usr/bin:/sbin:/bin";

    public Container AddContainer()
    {
        string name = $"{Name}c{_namespaces.Count}";
        AddNamespace(name);
        return new Container(this, name);
    }

    /// <summary>
    /// A machine beyond the host, 198.18.0.2, that has no route to any container: it can only answer what comes from the host's own address.
    /// </summary>
    public Container AddOutside()
    {
        Container outside = AddContainer();
        Read($"ip link add up0 type veth peer name out0 netns {outside.Name}");
        Read("ip addr add 198.18.0.1/24 dev up0 && ip link set up0 up");
        outside.Read("ip addr add 198.18.0.2/24 dev out0 && ip link set out0 up");
        return outside;
    }

    /// <summary>Runs a script in the namespace that plays the host.</summary>
    public CommandResult Run(string script) => RunIn(Name, script);

    public string Read(string script) => Run(script).Succeeded().Output;

    public CommandResult Ping(string address) => Run("ping -c 1 -W 2 " + address);

    public JsonArray ReadJson(string script) => JsonNode.Parse(Read(script))!.AsArray();

    public CommandResult RunIn(string networkNamespace, string script) =>
        _shell.Run($"ip netns exec {networkNamespace} /bin/sh -c {Quote(script)}");

    /// <summary>Calls the plugin, in the namespace that plays the host.</summary>
    public CommandResult Call(string command, JsonObject config, string container, string netns, string ifname = "eth0")
    {
        string environment = $"CNI_COMMAND={command} CNI_CONTAINERID={container} CNI_NETNS={netns} CNI_IFNAME={ifname} "
            + $"CNI_PATH={MachineFiles.PluginDirectory} PATH={SearchPath}";
        return Run($"printf %s {Quote(config.ToJsonString())} | env -i {environment} {Launcher} {MachineFiles.PluginDirectory}/flatnet");
    }

    /// <summary>Names of the links in the namespace that plays the host, without `lo`.</summary>
    public string[] Links() =>
        [.. ReadJson("ip -j link show").Select(link => (string)link!["ifname"]!).Where(name => name != "lo")];

    public string Log() => _shell.Read($"cat {LogFile}");

    /// <summary>Files of the state directory that name an attachment, whatever format they have.</summary>
    public string StateNaming(string container) =>
        _shell.Run($"grep -rl {Quote($"\"{container}\"")} {DataDirectory} 2>/dev/null").Output;

    public void Dispose()
    {
        foreach (string name in _namespaces)
        {
            _shell.Run($"for pid in $(ip netns pids {name}); do kill -9 $pid; done; ip netns del {name}");
        }
        _shell.Run($"rm -rf {_directory}");
    }

    private void AddNamespace(string name)
    {
        _shell.Read($"ip netns add {name} && ip -n {name} link set lo up");
        _namespaces.Add(name);
    }

    private static string Quote(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
