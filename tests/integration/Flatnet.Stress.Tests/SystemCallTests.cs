using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Flatnet.Stress.Tests;

/// <summary>What a call asks of the kernel, as <c>strace</c> sees it: no other program, no other process, few files.</summary>
public sealed partial class SystemCallTests : IDisposable
{
    private const string Trace = "/tmp/trace";
    private const string State = "/var/lib/cni/flatnet";

    // What each file is for. A new line here costs every container start, and wants a reason.
    private static readonly string[] Expected =
    [
        // The start of the runtime in the executable: processors and memory it may use.
        "/proc/(self/.*|meminfo)",
        "/sys/fs/cgroup(/.*)?",
        "/sys/devices/system/(cpu|node)(/.*)?",
        "/dev/urandom",

        // The state and its lock, written beside and renamed.
        $"{State}(/ipam\\.(json|lock|json\\.tmp))?",
        "ipam\\.(json|lock|json\\.tmp)",

        // host-local's records, looked for as long as there is no state of our own.
        "/var/lib/cni/networks/flatnet",

        // Boot ID, namespaces, sysctls of the new interfaces.
        "/proc/sys/kernel/random/boot_id",
        "/run/netns/c1",
        "/proc/thread-self/ns/net",
        "/proc/sys/net/ipv4/(ip_forward|conf/[^/]+/[a-z_]+)",
        "/proc/sys/net/ipv6/conf/[^/]+/[a-z_]+",
        "/proc/net/ip_tables_names",

        // The lock of the bridge, and the log.
        "/run/flatnet/flatnet-br0\\.lock",
        "/var/log/flatnet/cni\\.log",
    ];

    private static readonly JsonObject Network = StressHost.Network();

    private readonly StressHost _host = new(2);

    public void Dispose()
    {
        _host.Dispose();
    }

    [HostFact("cc", "strace")]
    public void The_first_add_of_a_network_starts_no_process_and_opens_few_files()
    {
        string[] lines = Follow(StressHost.Call("ADD", Network, "c1"), out _);

        AssertAlone(lines);
        AssertKnownFiles(lines);
    }

    [HostFact("cc", "strace")]
    public void Every_later_call_starts_no_process_and_opens_few_files()
    {
        _host.Attach(Network, "c2");

        string[] add = Follow(StressHost.Call("ADD", Network, "c1"), out string result);
        JsonObject configuration = Network.DeepClone().AsObject();
        configuration["prevResult"] = JsonNode.Parse(result);
        string[] check = Follow(StressHost.Call("CHECK", configuration, "c1"), out _);
        string[] delete = Follow(StressHost.Call("DEL", configuration, "c1"), out _);
        string[] last = Follow(StressHost.Call("DEL", Network, "c2"), out _);

        Assert.All([add, check, delete, last], AssertAlone);
        Assert.All([add, check, delete], AssertKnownFiles);
    }

    [GeneratedRegex("\\b(execve|execveat|fork|vfork|clone|clone3)\\(.*")]
    private static partial Regex ProcessCall();

    [GeneratedRegex("\\bopen(at|at2)?\\((?:AT_FDCWD[^,]*, |\\d+[^,]*, )?\"([^\"]*)\"")]
    private static partial Regex OpenedFile();

    private static void AssertAlone(string[] lines)
    {
        string[] calls = [.. lines.Select(line => ProcessCall().Match(line)).Where(match => match.Success).Select(match => match.Value)];
        string[] programs = [.. calls.Where(call => call.StartsWith("exec", StringComparison.Ordinal))];
        Assert.True(programs.Length == 1, $"programs started:\n{string.Join('\n', programs)}");
        string[] processes = [.. calls.Except(programs).Where(call => !call.Contains("CLONE_THREAD", StringComparison.Ordinal))];
        Assert.True(processes.Length == 0, $"processes started:\n{string.Join('\n', processes)}");
    }

    private static void AssertKnownFiles(string[] lines)
    {
        string[] files = [.. lines.Select(line => OpenedFile().Match(line)).Where(match => match.Success).Select(match => match.Groups[2].Value)];
        Assert.Contains(files, file => file.EndsWith("ipam.json", StringComparison.Ordinal));
        string[] unknown = [.. files.Where(file => !Expected.Any(pattern => Regex.IsMatch(file, $"^({pattern})$")))];
        Assert.True(unknown.Length == 0, $"opened without a known reason:\n{string.Join('\n', unknown)}\nof all:\n{string.Join('\n', files)}");
    }

    private string[] Follow(PluginCall call, out string output)
    {
        Dictionary<string, string> environment = new()
        {
            ["CNI_COMMAND"] = call.Command,
            ["CNI_CONTAINERID"] = call.ContainerId,
            ["CNI_NETNS"] = call.NamespacePath,
            ["CNI_IFNAME"] = call.InterfaceName,
            ["CNI_PATH"] = Sandbox.PluginDirectory,
        };
        output = _host.Sandbox.Try(
            ["strace", "--follow-forks", "--trace=%process,%file", $"--output={Trace}", $"{Sandbox.PluginDirectory}/flatnet"],
            environment,
            call.Configuration.ToJsonString()).ExpectSuccess().Output;
        return _host.Sandbox.Read(Trace).Split('\n');
    }
}
