using System.Text.Json.Nodes;

namespace Flatnet.EndToEnd.Tests.Harness;

/// <summary>Podman 4.3 with the CNI backend, configured and stored inside a sandbox, with one image of static busybox.</summary>
internal sealed class PodmanHost
{
    public const string Image = "localhost/web";

    private const string Home = "/var/lib/podman-under-test";

    // There is no registry, no systemd and perhaps no CAP_SYS_RESOURCE where this runs; crun 1.8 insists on the last one.
    private const string Configuration =
        $"""
        [network]
        network_backend = "cni"
        cni_plugin_dirs = ["{Sandbox.PluginDirectory}", "{Sandbox.ReferencePluginDirectory}"]
        network_config_dir = "{Sandbox.NetworkDirectory}"
        [engine]
        cgroup_manager = "cgroupfs"
        events_logger = "file"
        runtime = "runc"
        [containers]
        default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
        """;

    private readonly Sandbox _sandbox;

    public PodmanHost(Sandbox sandbox)
    {
        _sandbox = sandbox;
        _sandbox.Write($"{Home}/containers.conf", Configuration);
        _sandbox.SetEnvironment("CONTAINERS_CONF", $"{Home}/containers.conf");
        File.WriteAllBytes(_sandbox.Outside($"{Home}/image.tar"), RootImage.Tar);
        Run("import", $"{Home}/image.tar", Image);
    }

    public CommandResult Run(params string[] arguments)
    {
        return Try(arguments).ExpectSuccess();
    }

    public CommandResult Try(params string[] arguments)
    {
        return _sandbox.Try(
            ["podman", "--root", $"{Home}/root", "--runroot", $"{Home}/runroot", "--tmpdir", $"{Home}/tmp", .. arguments]);
    }

    /// <summary>Starts a web server in a container of this name (also its host name), attached to the flat network unless told otherwise.</summary>
    public void RunWeb(string name, params string[] options)
    {
        TryRunWeb(name, options).ExpectSuccess();
    }

    public CommandResult TryRunWeb(string name, params string[] options)
    {
        string[] network = options.Any(option => option.StartsWith("--network", StringComparison.Ordinal)) ? [] : ["--network", Networks.Flat];
        return Try(
        [
            "run", "--detach", "--name", name, "--hostname", name, "--cap-add", "NET_RAW", "--cgroup-parent", $"/{_sandbox.CgroupName}",
            .. network, .. options, Image, "httpd", "-f", "-p", "80", "-h", WebFiles.Directory,
        ]);
    }

    public void Stop(string name)
    {
        // busybox httpd as process 1 ignores SIGTERM; one second is the shortest patience Podman knows.
        Run("stop", "--time", "1", name);
    }

    /// <summary>The address that Podman shows for a container.</summary>
    public string AddressOf(string name, string network = Networks.Flat)
    {
        return Attachment(name, network)["IPAddress"]!.GetValue<string>();
    }

    public string MacOf(string name, string network = Networks.Flat)
    {
        return Attachment(name, network)["MacAddress"]!.GetValue<string>();
    }

    public string StateOf(string name)
    {
        return Run("inspect", "--type", "container", "--format", "{{.State.Status}}", name).Text;
    }

    public bool Exists(string name)
    {
        return Try("container", "exists", name).ExitCode == 0;
    }

    /// <summary>Packets sent from inside a container.</summary>
    public Traffic From(string name)
    {
        return Traffic.FromContainer(argv => Try(["exec", name, .. argv]));
    }

    /// <summary>
    /// What a power failure and the next start leave: processes, namespaces, devices, rules and everything under /run gone at once,
    /// no DEL called, a new boot ID; storage and /var/lib still there.
    /// </summary>
    public void LosePower(FakeBoot boot)
    {
        _sandbox.Shell(
            $$"""
            for process in /proc/[0-9]*; do
                case "$(cat "$process/comm" 2>/dev/null)" in
                    conmon|httpd) kill -9 "${process#/proc/}" ;;
                esac
            done
            for namespace in /run/netns/*; do umount "$namespace"; rm -f "$namespace"; done
            for link in $(ip -o link | sed 's/^[0-9]*: \([^:@]*\).*/\1/' | grep -v '^lo$'); do ip link delete "$link" 2>/dev/null || true; done
            nft flush ruleset
            while grep -q '{{Home}}/' /proc/mounts; do
                grep '{{Home}}/' /proc/mounts | cut -d' ' -f2 | sort -r | xargs -r umount -l
            done
            rm -rf {{Home}}/runroot {{Home}}/tmp /run/runc /dev/shm/*
            """);
        boot.Next();
    }

    private JsonNode Attachment(string name, string network)
    {
        JsonNode inspected = JsonNode.Parse(Run("inspect", "--type", "container", name).Output)!;
        return inspected[0]!["NetworkSettings"]!["Networks"]![network]!;
    }
}
