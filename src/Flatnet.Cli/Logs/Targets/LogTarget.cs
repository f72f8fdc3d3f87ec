using Flatnet.Cli.Configuration;
using Flatnet.Podman;

namespace Flatnet.Cli.Logs;

/// <summary>Something that logs: a component of Flatnet, or a container.</summary>
/// <param name="Name">What it is called, as it is shown.</param>
/// <param name="Component">The component; null for a container.</param>
/// <param name="Container">The container; null for a component.</param>
internal sealed record LogTarget(string Name, LogComponent? Component, ContainerDetails? Container);
