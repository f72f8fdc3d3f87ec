using System.Globalization;
using System.Text.Json.Nodes;

namespace Flatnet.Command.Tests.Harness;

/// <summary>
/// Podman with storage of its own in a sandbox, one image of static busybox, and <c>podman system service</c> on a socket of its own.
/// The socket and the containers' log files can be reached from outside. Use it as a class fixture or in a <c>using</c>.
/// </summary>
public sealed class PodmanService : IDisposable
{
    public const string Image = "localhost/box:1";

    private static int _count;

    private readonly string _home;
    private readonly string _cgroup;
    private readonly Sandbox _sandbox;
    private RunningProgram _service;

    public PodmanService()
    {
        int number = Interlocked.Increment(ref _count);
        _cgroup = string.Create(CultureInfo.InvariantCulture, $"flatnet-command-{Environment.ProcessId}-{number}");
        _home = Directory.CreateTempSubdirectory("flatnet-command-").FullName;
        _sandbox = new Sandbox();
        Directory.CreateDirectory(NetworkDirectory);
        Directory.CreateDirectory(CommandDirectory);
        File.WriteAllText(ConfigurationFile, Configuration);
        WriteCommand();
        File.WriteAllBytes($"{_home}/image.tar", RootImage.Tar);
        Run("import", $"{_home}/image.tar", Image);
        _service = StartService();
    }

    /// <summary>The service's socket.</summary>
    public string Socket => $"{_home}/podman.sock";

    /// <summary>A directory with a program <c>podman</c> that reaches this Podman from outside the sandbox.</summary>
    public string CommandDirectory => $"{_home}/bin";

    /// <summary>An environment in which Podman is found by its socket.</summary>
    public IReadOnlyDictionary<string, string> SocketEnvironment => new Dictionary<string, string> { ["CONTAINER_HOST"] = $"unix://{Socket}" };

    /// <summary>An environment in which there is the command only.</summary>
    public IReadOnlyDictionary<string, string> CommandEnvironment
        => new Dictionary<string, string> { ["PATH"] = $"{CommandDirectory}:{Execution.SearchPath}", ["XDG_RUNTIME_DIR"] = _home };

    private string NetworkDirectory => $"{_home}/net.d";

    private string ConfigurationFile => $"{_home}/containers.conf";

    // There is no registry, no systemd and perhaps no CAP_SYS_RESOURCE where this runs; crun 1.8 insists on the last one.
    private string Configuration =>
        $"""
        [network]
        network_backend = "cni"
        cni_plugin_dirs = ["{Repository.Root}/artifacts/cni", "/usr/lib/cni"]
        network_config_dir = "{NetworkDirectory}"
        [engine]
        cgroup_manager = "cgroupfs"
        events_logger = "file"
        runtime = "runc"
        [containers]
        default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
        """;

    private string[] Podman => ["/usr/bin/podman", "--root", $"{_home}/root", "--runroot", $"{_home}/runroot", "--tmpdir", $"{_home}/tmp"];

    private Dictionary<string, string> Environ => new() { ["CONTAINERS_CONF"] = ConfigurationFile };

    /// <summary>Runs <c>podman</c> with these arguments; it must succeed.</summary>
    /// <returns>Its standard output without the final line break.</returns>
    public string Run(params string[] arguments)
    {
        return Execution.Run(_sandbox.Enter([.. Podman, .. arguments]), Environ).ExpectSuccess().Text;
    }

    /// <summary>Starts a container in the background.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">Of <c>podman run</c>; without <c>--network</c> it has no network.</param>
    /// <param name="command">What it runs.</param>
    /// <returns>Its full ID.</returns>
    public string Start(string name, string[] options, params string[] command)
    {
        return Run(["run", "--detach", .. Common(name, options), Image, .. command]);
    }

    /// <summary>Makes a container without starting it.</summary>
    /// <returns>Its full ID.</returns>
    public string Create(string name, string[] options, params string[] command)
    {
        return Run(["create", .. Common(name, options), Image, .. command]);
    }

    /// <summary>Removes containers, whatever they do.</summary>
    public void Remove(params string[] names)
    {
        Run(["rm", "--force", "--time", "0", .. names]);
    }

    /// <summary>Defines a CNI network; its file is called as the network.</summary>
    public void AddNetwork(JsonObject conflist)
    {
        File.WriteAllText($"{NetworkDirectory}/{conflist["name"]}.conflist", conflist.ToJsonString());
    }

    /// <summary>Stops the service; what is connected to it breaks.</summary>
    public void StopService()
    {
        _service.Dispose();
    }

    /// <summary>Starts the service again.</summary>
    public void RestartService()
    {
        StopService();
        _service = StartService();
    }

    /// <summary>The command line that runs a program in the sandbox.</summary>
    public string[] Enter(params string[] argv)
    {
        return _sandbox.Enter(argv);
    }

    /// <summary>Where a file of the sandbox (below <c>/run</c>, <c>/var/lib</c>, <c>/var/log</c>) can be found from outside.</summary>
    public string Outside(string path)
    {
        return _sandbox.Outside(path);
    }

    public void Dispose()
    {
        _service.Dispose();
        _sandbox.Dispose();
        Cgroups.Remove(_cgroup);
        Directory.Delete(_home, recursive: true);
    }

    private string[] Common(string name, string[] options)
    {
        string[] network = options.Any(option => option.StartsWith("--net", StringComparison.Ordinal)) ? [] : ["--network", "none"];
        return ["--name", name, "--cgroup-parent", $"/{_cgroup}", .. network, .. options];
    }

    private RunningProgram StartService()
    {
        File.Delete(Socket);
        RunningProgram service = Execution.Start(_sandbox.Enter([.. Podman, "system", "service", "--time", "0", $"unix://{Socket}"]), Environ);
        Eventually.True(() => File.Exists(Socket) || service.HasExited, "Podman's service listens");
        return File.Exists(Socket) ? service : throw new InvalidOperationException($"Podman's service ended: {service.Errors}");
    }

    private void WriteCommand()
    {
        string command = $"{CommandDirectory}/podman";
        string words = string.Join(' ', _sandbox.Enter(["env", $"CONTAINERS_CONF={ConfigurationFile}", .. Podman]).Select(word => $"'{word}'"));
        File.WriteAllText(command, $"#!/bin/sh\nexec {words} \"$@\"\n");
        Execution.Run(["chmod", "755", command]).ExpectSuccess();
    }
}
