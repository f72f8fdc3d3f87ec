using Flatnet.Command.Tests.Harness;

namespace Flatnet.Command.Tests.Logs.Cli;

/// <summary>Two containers that wrote the same lines: the file of one can be read, that of the other only by its Podman.</summary>
public sealed class MixedLog : IDisposable
{
    /// <summary>What they wrote, in this order; the third and the fifth line to standard error.</summary>
    public static readonly string[] Lines =
    [
        "nothing special", "INFO starting up", "ERROR disk full: a.b", "WARN memory low: aXb", "DEBUG details", "INFO faults 0",
    ];

    // The pauses keep the two channels in order.
    private const string Script =
        """
        echo nothing special; echo INFO starting up; sleep 0.1; echo ERROR disk full: a.b >&2; sleep 0.1
        echo WARN memory low: aXb; sleep 0.1; echo DEBUG details >&2; sleep 0.1; echo INFO faults 0
        """;

    public MixedLog()
    {
        Directory.CreateDirectory(Podman.Outside("/var/lib/hidden"));
        Podman.Start("open", [], "sh", "-c", Script);
        Podman.Start("hidden", ["--log-opt", "path=/var/lib/hidden/log"], "sh", "-c", Script);
        Podman.Run("wait", "open", "hidden");
    }

    public PodmanService Podman { get; } = new();

    /// <summary>Each way in which a container's log is read: the container and the environment.</summary>
    internal (string Container, IReadOnlyDictionary<string, string> Environment)[] Ways =>
    [
        ("open", Podman.SocketEnvironment),
        ("open", Podman.CommandEnvironment),
        ("hidden", With(Podman.SocketEnvironment, "/nonexistent")),
        ("hidden", With(Podman.SocketEnvironment, Podman.CommandDirectory + ":" + Execution.SearchPath)),
        ("hidden", Podman.CommandEnvironment),
    ];

    public void Dispose()
    {
        Podman.Dispose();
    }

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> environment, string path)
    {
        return new Dictionary<string, string>(environment) { ["PATH"] = path };
    }
}
