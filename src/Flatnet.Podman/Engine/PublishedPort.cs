namespace Flatnet.Podman;

/// <summary>A port of the host that leads to the container.</summary>
/// <param name="HostIp">The host's address, empty for all.</param>
/// <param name="HostPort">The host's port; 0 when the port is exposed only.</param>
/// <param name="ContainerPort">The container's port.</param>
/// <param name="Protocol">tcp, udp or sctp.</param>
/// <param name="Range">How many ports in a row, at least 1.</param>
public sealed record PublishedPort(string HostIp, int HostPort, int ContainerPort, string Protocol, int Range = 1);
