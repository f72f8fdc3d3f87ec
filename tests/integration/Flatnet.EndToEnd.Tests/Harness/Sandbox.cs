using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Flatnet.EndToEnd.Tests.Harness;

/// <summary>
/// A machine of its own, as far as the plugin can tell: private network, mount and process namespaces, with empty
/// <c>/run</c>, <c>/tmp</c>, <c>/opt</c>, <c>/var/lib</c> and <c>/var/log</c> in memory and a writable copy of <c>/etc</c>.
/// Its first process waits for the end of its standard input: however the test ends, the kernel then ends every process
/// inside and with them the namespaces and all that is in them.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    public const string PluginDirectory = "/opt/cni/bin";
    public const string ReferencePluginDirectory = "/usr/lib/cni";
    public const string NetworkDirectory = "/etc/cni/net.d";

    private static int _count;

    private readonly Process _unshare;
    private readonly int _init;
    private readonly Dictionary<string, string> _environment = [];

    public Sandbox()
    {
        string plugin = PluginUnderTest.File;
        string number = Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture);
        CgroupName = $"flatnet-e2e-{Environment.ProcessId}-{number}";
        _unshare = Command.Start(
            ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--propagation", "private", "sh", "-c", SandboxSetup.Script]);
        if (_unshare.StandardOutput.ReadLine() != SandboxSetup.Ready)
        {
            string error = _unshare.StandardError.ReadToEnd();
            _unshare.Dispose();
            throw new InvalidOperationException($"cannot make a sandbox: {error}");
        }

        _init = int.Parse(File.ReadAllText($"/proc/{_unshare.Id}/task/{_unshare.Id}/children"), CultureInfo.InvariantCulture);
        InstallPlugin(plugin);
    }

    /// <summary>The control group that container engines in this sandbox are told to use; removed with it.</summary>
    public string CgroupName { get; }

    /// <summary>Sets a variable for every program run from now on, and so for the plugins they start.</summary>
    public void SetEnvironment(string name, string value)
    {
        _environment[name] = value;
    }

    /// <summary>Runs a program in the sandbox; it must succeed.</summary>
    public CommandResult Run(params string[] argv)
    {
        return Try(argv).ExpectSuccess();
    }

    /// <summary>Runs a program in the sandbox; the caller judges the exit code.</summary>
    public CommandResult Try(IReadOnlyList<string> argv, IReadOnlyDictionary<string, string>? environment = null, string? input = null, TimeSpan? limit = null)
    {
        return Command.Run(Enter(argv), Merge(environment), input, limit);
    }

    public CommandResult Shell(string script)
    {
        return Run("sh", "-euc", script);
    }

    /// <summary>Runs a program that prints JSON (<c>ip -j</c>, <c>nft -j</c>, <c>podman inspect</c>).</summary>
    public JsonNode Json(params string[] argv)
    {
        string text = Run(argv).Text;
        return JsonNode.Parse(text.Length == 0 ? "[]" : text)!;
    }

    /// <summary>Starts a program that goes on until it is disposed of.</summary>
    public Background Start(params string[] argv)
    {
        return new Background(Command.Start(Enter(argv), Merge(null)), string.Join(' ', argv));
    }

    /// <summary>A further network namespace in the sandbox: a container's, or another computer.</summary>
    public Node AddNode(string name)
    {
        Run("ip", "netns", "add", name);
        Node node = new(this, name);
        node.Run("ip", "link", "set", "lo", "up");
        return node;
    }

    /// <summary>Where a file of the sandbox can be found from outside.</summary>
    public string Outside(string path)
    {
        return $"/proc/{_init}/root{path}";
    }

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Outside(Path.GetDirectoryName(path)!));
        File.WriteAllText(Outside(path), text);
    }

    public string Read(string path)
    {
        return File.ReadAllText(Outside(path));
    }

    public void AddNetwork(JsonObject conflist, string? fileName = null)
    {
        Write($"{NetworkDirectory}/{fileName ?? $"{conflist["name"]}.conflist"}", conflist.ToJsonString());
    }

    public void Dispose()
    {
        _unshare.Kill();
        _unshare.WaitForExit();
        _unshare.Dispose();
        Eventually.True(() => !Directory.Exists($"/proc/{_init}"), "the sandbox's processes end");
        Cgroups.Remove(CgroupName);
    }

    private void InstallPlugin(string plugin)
    {
        Directory.CreateDirectory(Outside(PluginDirectory));
        File.Copy(plugin, Outside($"{PluginDirectory}/flatnet"));
        if (PluginUnderTest.IpamFile is null)
        {
            File.CreateSymbolicLink(Outside($"{PluginDirectory}/flatnet-ipam"), "flatnet");
        }
        else
        {
            File.Copy(PluginUnderTest.IpamFile, Outside($"{PluginDirectory}/flatnet-ipam"));
        }
    }

    private string[] Enter(IReadOnlyList<string> argv)
    {
        return ["nsenter", "--target", _init.ToString(CultureInfo.InvariantCulture), "--net", "--mount", "--pid", "--", .. argv];
    }

    private Dictionary<string, string> Merge(IReadOnlyDictionary<string, string>? environment)
    {
        Dictionary<string, string> merged = new(_environment);
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            merged[name] = value;
        }

        return merged;
    }
}
