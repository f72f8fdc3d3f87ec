using System.Diagnostics;
using Flatnet.Bench.Measuring;

namespace Flatnet.Bench.Rivals;

/// <summary>
/// A Podman of the benchmark's own, found through configuration files and not by options, so that the `flatnet` command finds the
/// same containers when it asks the `podman` command. Its containers have no network: this is about lists and logs.
/// </summary>
internal sealed class PodmanHome : IDisposable
{
    public const string Image = "localhost/bench:1";

    private readonly Ground _ground;
    private readonly string _directory;
    private readonly string[] _environment;
    private Process? _service;

    public PodmanHome(Ground ground, string name)
    {
        _ground = ground;
        _directory = Directory.CreateDirectory(Path.Combine(ground.Options.ScratchDirectory, name)).FullName;
        Directory.CreateDirectory("/run/" + name);
        Socket = $"/run/{name}/podman.sock";
        string containers = Path.Combine(_directory, "containers.conf");
        string storage = Path.Combine(_directory, "storage.conf");
        File.WriteAllText(containers, $"""
            [containers]
            default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
            log_driver = "k8s-file"
            [network]
            network_backend = "cni"
            network_config_dir = "{Directory.CreateDirectory(Path.Combine(_directory, "networks")).FullName}"
            [engine]
            cgroup_manager = "cgroupfs"
            events_logger = "file"
            runtime = "runc"
            tmp_dir = "/run/{name}/libpod"
            """);
        File.WriteAllText(storage, $"""
            [storage]
            driver = "vfs"
            graphroot = "{_directory}/storage"
            runroot = "/run/{name}/containers"
            """);
        _environment = [$"CONTAINERS_CONF={containers}", $"CONTAINERS_STORAGE_CONF={storage}", $"HOME={_directory}", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"];
    }

    /// <summary>Where the service listens once <see cref="Serve"/> was called.</summary>
    public string Socket { get; }

    /// <summary>Makes an image of the static busybox. No registry is asked.</summary>
    public void Import()
    {
        string root = Path.Combine(_directory, "image");
        Directory.CreateDirectory(Path.Combine(root, "bin"));
        File.Copy("/bin/busybox", Path.Combine(root, "bin", "busybox"));
        File.CreateSymbolicLink(Path.Combine(root, "bin", "sh"), "busybox");
        Tool.Run("tar", "-C", root, "-cf", root + ".tar", ".");
        Run("import", root + ".tar", Image);
    }

    /// <summary>Runs a podman command to its end, untimed.</summary>
    public void Run(params string[] arguments) => _ground.Stopwatch.Run(Podman(arguments));

    /// <summary>A podman command to be timed.</summary>
    public Step Podman(params string[] arguments) => Step("/usr/bin/podman", [], arguments);

    /// <summary>A `flatnet` command over the socket.</summary>
    public Step OverSocket(params string[] arguments) => Step(_ground.CommandProgram, ["CONTAINER_HOST=unix://" + Socket], arguments);

    /// <summary>A `flatnet` command that finds no socket and asks the `podman` command.</summary>
    public Step ByCommand(params string[] arguments) => Step(_ground.CommandProgram, ["XDG_RUNTIME_DIR=/nonexistent"], arguments);

    /// <summary>Starts a program whose output is read while it runs.</summary>
    public static Process Follow(Step step)
    {
        var start = new ProcessStartInfo(step.Program, step.Arguments) { RedirectStandardOutput = true };
        start.Environment.Clear();
        foreach (string pair in step.Environment)
        {
            start.Environment[pair[..pair.IndexOf('=')]] = pair[(pair.IndexOf('=') + 1)..];
        }

        return Process.Start(start) ?? throw new BenchException($"cannot start {step}");
    }

    /// <summary>Starts the service that owns the socket.</summary>
    public void Serve()
    {
        _service = Follow(Podman("system", "service", "--time", "0", "unix://" + Socket));
        while (!File.Exists(Socket))
        {
            if (_service.WaitForExit(50))
            {
                throw new BenchException("podman system service ended at once");
            }
        }
    }

    public void Dispose()
    {
        _service?.Kill();
        _service?.Dispose();
    }

    private Step Step(string program, string[] environment, string[] arguments) => new()
    {
        Program = program,
        Arguments = arguments,
        Environment = [.. _environment, .. environment],
        Output = Path.Combine(_directory, "output"),
    };
}
