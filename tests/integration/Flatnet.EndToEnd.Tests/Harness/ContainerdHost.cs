namespace Flatnet.EndToEnd.Tests.Harness;

/// <summary>containerd 1.6 with its own root, state and socket inside a sandbox, driven by <c>ctr</c>.</summary>
internal sealed class ContainerdHost : IDisposable
{
    private const string Home = "/var/lib/containerd-under-test";
    private const string Socket = "/run/containerd-under-test/containerd.sock";

    private const string Configuration =
        $"""
        version = 2
        root = "{Home}/root"
        state = "/run/containerd-under-test"
        disabled_plugins = ["io.containerd.grpc.v1.cri"]
        [grpc]
          address = "{Socket}"
        """;

    private readonly Sandbox _sandbox;
    private readonly Background _daemon;

    public ContainerdHost(Sandbox sandbox)
    {
        _sandbox = sandbox;
        _sandbox.Write($"{Home}/config.toml", Configuration);
        _daemon = _sandbox.Start("containerd", "--config", $"{Home}/config.toml");
        Eventually.True(() => Try("version").ExitCode == 0, "containerd answers on its socket");
        File.WriteAllBytes(_sandbox.Outside($"{Home}/image.tar"), OciArchive.Build());
        Run("image", "import", $"{Home}/image.tar");
    }

    public CommandResult Run(params string[] arguments)
    {
        return Try(arguments).ExpectSuccess();
    }

    public CommandResult Try(params string[] arguments)
    {
        return _sandbox.Try(["ctr", "--address", Socket, .. arguments]);
    }

    /// <summary>
    /// Starts a web server in a container of this name with <c>ctr run --cni</c>, which stays in the foreground: only so does it
    /// take the network down again, once the container has ended.
    /// </summary>
    public Background RunWeb(string name)
    {
        Background running = _sandbox.Start(
            "ctr", "--address", Socket, "run", "--rm", "--cni", "--cgroup", $"/{_sandbox.CgroupName}/{name}",
            OciArchive.ImageName, name, "/bin/httpd", "-f", "-p", "80", "-h", WebFiles.Directory);
        Eventually.True(() => running.HasExited || IsRunning(name), $"container {name} runs");
        return running;
    }

    public bool IsRunning(string name)
    {
        return Run("task", "ls").Output.Split('\n').Any(
            line => line.StartsWith(name + " ", StringComparison.Ordinal) && line.Contains("RUNNING", StringComparison.Ordinal));
    }

    /// <summary>Kills a container; its namespace is gone before the plugin is asked to take the network down.</summary>
    public void Kill(string name, Background running)
    {
        Run("task", "kill", "--signal", "KILL", name);
        Eventually.True(() => running.HasExited, $"ctr run ends after container {name}");
        Assert.Equal("", running.Errors);
    }

    public CommandResult Exec(string name, params string[] argv)
    {
        return Try(["task", "exec", "--exec-id", Guid.NewGuid().ToString("N"), name, .. argv]);
    }

    public void Dispose()
    {
        _daemon.Dispose();
    }
}
