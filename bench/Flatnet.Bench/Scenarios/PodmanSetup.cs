using Flatnet.Bench.Measuring;
using Flatnet.Bench.Rivals;

namespace Flatnet.Bench.Scenarios;

/// <summary>A Podman with a configuration of its own, and a store shared with the others here; the machine's is not touched.</summary>
internal sealed class PodmanSetup
{
    /// <summary>The four-plugin network that Podman 4.3 makes and calls <c>podman</c>.</summary>
    public const string DefaultNetwork = """
        {"cniVersion":"0.4.0","name":"podman","plugins":[
          {"type":"bridge","bridge":"cni-podman0","isGateway":true,"ipMasq":true,"hairpinMode":true,
           "ipam":{"type":"host-local","routes":[{"dst":"0.0.0.0/0"}],"ranges":[[{"subnet":"10.88.0.0/16","gateway":"10.88.0.1"}]]},
           "capabilities":{"ips":true}},
          {"type":"portmap","capabilities":{"portMappings":true}},{"type":"firewall","backend":""},{"type":"tuning"}]}
        """;

    private readonly string _scratch;
    private readonly string _directory;
    private readonly string _network;
    private readonly string _cgroup;
    private readonly string _configuration;

    public PodmanSetup(Ground ground, string name, string network)
    {
        _scratch = ground.Options.ScratchDirectory;
        _directory = Directory.CreateDirectory(Path.Combine(_scratch, name)).FullName;
        _network = network;
        _cgroup = "/" + Path.GetFileName(_scratch); // bench/run removes it, by this name
        _configuration = Path.Combine(_directory, "containers.conf");
        File.WriteAllText(_configuration, $"""
            [containers]
            default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
            [network]
            network_backend = "cni"
            cni_plugin_dirs = ["{ground.Options.PluginDirectory}", "{Ground.DebianPlugins}"]
            network_config_dir = "{Directory.CreateDirectory(Path.Combine(_directory, "networks")).FullName}"
            [engine]
            cgroup_manager = "cgroupfs"
            events_logger = "file"
            runtime = "runc"
            """);
    }

    public PodmanSetup With(string name, string list)
    {
        File.WriteAllText(Path.Combine(_directory, "networks", name + ".conflist"), list);
        return this;
    }

    /// <summary>Makes an image of the static busybox. No registry is asked.</summary>
    public Step Import(string image)
    {
        var root = Path.Combine(_scratch, "image");
        Directory.CreateDirectory(Path.Combine(root, "bin"));
        File.Copy("/bin/busybox", Path.Combine(root, "bin", "busybox"));
        File.CreateSymbolicLink(Path.Combine(root, "bin", "true"), "busybox");
        File.CreateSymbolicLink(Path.Combine(root, "bin", "sleep"), "busybox");
        Tool.Run("tar", "-C", root, "-cf", root + ".tar", ".");
        return Call("import", root + ".tar", image);
    }

    public Step RunContainer(string image) =>
        Call("run", "--rm", "--network", _network, "--cgroup-parent", _cgroup, image, "/bin/true");

    /// <summary>Starts a container that stays until the benchmark's namespaces end.</summary>
    public Step StartContainer(string image) =>
        Call("run", "--detach", "--network", _network, "--cgroup-parent", _cgroup, image, "/bin/sleep", "3600");

    private Step Call(params string[] arguments) => new()
    {
        Program = "/usr/bin/podman",
        Arguments =
        [
            "--root", Path.Combine(_scratch, "storage"), "--runroot", "/run/bench/containers", "--tmpdir", "/run/bench/libpod",
            "--storage-driver", "vfs", .. arguments,
        ],
        Environment = [$"CONTAINERS_CONF={_configuration}", $"HOME={_scratch}", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"],
        Output = Path.Combine(_directory, "output"),
    };
}
