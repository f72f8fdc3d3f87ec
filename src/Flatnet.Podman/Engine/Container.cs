using System.Collections.Immutable;

namespace Flatnet.Podman;

/// <summary>A container as the engine lists it, the same whatever way the engine was asked.</summary>
public sealed record Container
{
    /// <summary>All 64 characters.</summary>
    public required string Id { get; init; }

    /// <summary>Its names without a leading slash; the first is the one shown.</summary>
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>The image as it was named when the container was made.</summary>
    public string Image { get; init; } = "";

    /// <summary>The image's ID without <c>sha256:</c>.</summary>
    public string ImageId { get; init; } = "";

    /// <summary>What it runs, word by word.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>One of created, initialized, running, stopped, paused, exited, removing, stopping, unknown.</summary>
    public string State { get; init; } = "unknown";

    /// <summary>starting, healthy or unhealthy; null without a health check.</summary>
    public string? Health { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was started last; null when never.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended last; null when never, or unknown.</summary>
    public DateTimeOffset? ExitedAt { get; init; }

    /// <summary>How it ended last; null while it runs or when it never ran.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The process on the host; 0 when it does not run.</summary>
    public int ProcessId { get; init; }

    /// <summary>Published ports.</summary>
    public ImmutableArray<PublishedPort> Ports { get; init; } = [];

    /// <summary>Its labels.</summary>
    public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The networks it is attached to. Addresses only where the engine's list tells them (see <see cref="IContainerEngine.ListAsync"/>).</summary>
    public ImmutableArray<ContainerNetwork> Networks { get; init; } = [];

    /// <summary>Where volumes and directories are mounted.</summary>
    public ImmutableArray<string> Mounts { get; init; } = [];

    /// <summary>The pod's ID, empty without one.</summary>
    public string Pod { get; init; } = "";

    /// <summary>The pod's name, empty without one.</summary>
    public string PodName { get; init; } = "";

    /// <summary>How often the engine restarted it.</summary>
    public int Restarts { get; init; }

    /// <summary>Bytes written over the image; null unless asked for.</summary>
    public long? SizeWritten { get; init; }

    /// <summary>Bytes of the whole file system; null unless asked for.</summary>
    public long? SizeWhole { get; init; }

    /// <summary>Namespaces of the process by kind (<c>cgroup ipc mnt net pid user uts</c>); empty unless asked for.</summary>
    public ImmutableDictionary<string, string> Namespaces { get; init; } = ImmutableDictionary<string, string>.Empty;
}
