namespace Flatnet.Podman;

/// <summary>What inspecting a container tells beyond the list.</summary>
public sealed record ContainerDetails
{
    /// <summary>What the list tells, networks with their addresses.</summary>
    public required Container Container { get; init; }

    /// <summary>Whether it has a terminal: one stream, lines ending in CR LF.</summary>
    public bool HasTerminal { get; init; }

    /// <summary>The log driver: <c>k8s-file</c>, <c>journald</c>, <c>none</c>, <c>passthrough</c>, <c>json-file</c>.</summary>
    public string LogDriver { get; init; } = "";

    /// <summary>The log file of the driver k8s-file; empty for others.</summary>
    public string LogPath { get; init; } = "";

    /// <summary>The restart policy: empty, <c>no</c>, <c>always</c>, <c>on-failure</c>, <c>unless-stopped</c>.</summary>
    public string RestartPolicy { get; init; } = "";
}
