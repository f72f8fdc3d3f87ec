using Flatnet.Cli.Configuration;
using Flatnet.Podman;

namespace Flatnet.Cli.Logs;

/// <summary>Something that logs: a component of Flatnet, a container, or a task on the log server.</summary>
/// <param name="Name">What it is called, as it is shown.</param>
/// <param name="Component">The component; null for anything else.</param>
/// <param name="Container">The container; null for anything else.</param>
/// <param name="TaskId">The task; null for anything else.</param>
internal sealed record LogTarget(string Name, LogComponent? Component, ContainerDetails? Container, string? TaskId = null);
