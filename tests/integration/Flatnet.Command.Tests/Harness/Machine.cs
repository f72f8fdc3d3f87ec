using System.Globalization;
using System.Text.Json.Nodes;

namespace Flatnet.Command.Tests.Harness;

/// <summary>
/// A machine of its own in a sandbox: Podman in its usual places with one image of static busybox, an uplink with a default route,
/// and the published programs of Flatnet in <c>/opt/flatnet</c>, not set up yet. Everything the command changes stays inside.
/// </summary>
public sealed class Machine : IDisposable
{
    public const string Image = "localhost/box:1";
    public const string Leases = "/var/lib/cni/flatnet/ipam.json";
    public const string Conflist = "/etc/cni/net.d/10-flatnet.conflist";

    private const string Programs = "/opt/flatnet";

    // There is no registry, no systemd and perhaps no CAP_SYS_RESOURCE where this runs; crun 1.8 insists on the last one.
    private const string Configuration =
        """
        [network]
        network_backend = "cni"
        [engine]
        cgroup_manager = "cgroupfs"
        events_logger = "file"
        runtime = "runc"
        [containers]
        default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
        """;

    private static int _count;

    private readonly string _cgroup;
    private readonly Sandbox _sandbox = new();

    public Machine()
    {
        _cgroup = string.Create(CultureInfo.InvariantCulture, $"flatnet-machine-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}");
        Write("/etc/containers/containers.conf", Configuration);
        Install(FlatnetProgram.File, $"{Programs}/bin/flatnet");
        Install(FlatnetProgram.Plugin, $"{Programs}/cni/flatnet");
        Run("ip", "link", "add", "uplink0", "type", "veth", "peer", "name", "beyond0");
        Run("ip", "address", "add", "192.0.2.1/24", "dev", "uplink0");
        Run("ip", "link", "set", "uplink0", "up");
        Run("ip", "link", "set", "beyond0", "up");
        Run("ip", "route", "add", "default", "via", "192.0.2.2");
        SetForwarding(false);
        File.WriteAllBytes(Outside("/run/image.tar"), RootImage.Tar);
        Run("podman", "import", "/run/image.tar", Image);
    }

    /// <summary>Runs a program; it must succeed.</summary>
    /// <returns>Its standard output without the final line break.</returns>
    public string Run(params string[] argv) => Try(argv).ExpectSuccess().Text;

    /// <summary>Starts a container that sleeps.</summary>
    public void Start(string name, params string[] options) => StartIn("flatnet", name, options);

    /// <summary>Starts a container that sleeps in another network.</summary>
    public void StartIn(string network, string name, params string[] options) =>
        Run(["podman", "run", "--detach", "--name", name, "--network", network, "--cap-add", "NET_RAW", "--cgroup-parent", $"/{_cgroup}", .. options, Image, "sleep", "1000"]);

    /// <summary>Removes containers, whatever they do.</summary>
    public void Remove(params string[] names) => Run(["podman", "rm", "--force", "--time", "0", .. names]);

    /// <summary>Kills a container, its monitor and its network namespace, as nobody should: the plugin is not told.</summary>
    public void KillBehindPodmansBack(string name)
    {
        string @namespace = Run("podman", "inspect", "--format", "{{.NetworkSettings.SandboxKey}}", name);
        string process = Run("podman", "inspect", "--format", "{{.State.Pid}}", name);
        string monitor = Run("podman", "inspect", "--format", "{{.State.ConmonPid}}", name);
        Run("kill", "-9", monitor, process);
        Run("umount", @namespace);
        Run("rm", "-f", @namespace);
    }

    /// <summary>The address that Podman shows for a container.</summary>
    public string AddressOf(string name, string network = "flatnet") =>
        Run("podman", "inspect", "--format", $"{{{{.NetworkSettings.Networks.{network}.IPAddress}}}}", name);

    /// <summary>Whether the machine forwards packets.</summary>
    public bool Forwards() => Run("sysctl", "-n", "net.ipv4.ip_forward") == "1";

    /// <summary>Switches forwarding. From inside: what <c>/proc/sys/net</c> shows depends on the process that asks.</summary>
    public void SetForwarding(bool on) => Run("sysctl", "-w", $"net.ipv4.ip_forward={(on ? 1 : 0)}");

    /// <summary>Writes a file of the machine; none of <c>/proc/sys/net</c>.</summary>
    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Outside(path))!);
        File.WriteAllText(Outside(path), text);
    }

    /// <summary>Reads a file of the machine.</summary>
    public string Read(string path) => File.ReadAllText(Outside(path));

    /// <summary>Where a file of the machine can be found from outside.</summary>
    public string Outside(string path) => _sandbox.Outside(path);

    public void Dispose()
    {
        _sandbox.Dispose();
        Cgroups.Remove(_cgroup);
    }

    /// <summary>Runs a program to its end, whatever its exit code.</summary>
    internal CommandResult Try(params string[] argv) => Execution.Run(_sandbox.Enter(argv));

    /// <summary>Runs the command as root, whatever its exit code.</summary>
    internal CommandResult Flatnet(params string[] arguments) => Try([$"{Programs}/bin/flatnet", .. arguments]);

    /// <summary>Runs the command as a user without any rights.</summary>
    internal CommandResult FlatnetAsNobody(params string[] arguments) =>
        Try(["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", $"{Programs}/bin/flatnet", .. arguments]);

    /// <summary>The command's JSON, whatever its exit code.</summary>
    internal JsonNode Json(params string[] arguments) => JsonNode.Parse(Flatnet([.. arguments, "--json"]).Output)!;

    /// <summary>Starts the command, for what goes on beside others.</summary>
    internal RunningProgram StartFlatnet(params string[] arguments) => Execution.Start(_sandbox.Enter([$"{Programs}/bin/flatnet", .. arguments]));

    private void Install(string file, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Outside(path))!);
        File.Copy(file, Outside(path));
        Run("chmod", "755", path);
    }
}
