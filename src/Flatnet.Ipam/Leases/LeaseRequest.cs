using System.Net;

namespace Flatnet.Ipam;

/// <summary>Who asks for addresses.</summary>
public sealed record LeaseRequest
{
    /// <summary>The runtime's container ID; with <see cref="InterfaceName"/> it identifies the lease.</summary>
    public required string ContainerId { get; init; }

    /// <summary>Name of the interface inside the container.</summary>
    public required string InterfaceName { get; init; }

    /// <summary>The container's name. With one, the addresses are reserved for that name; without, nothing is remembered.</summary>
    public string? ContainerName { get; init; }

    /// <summary>Path of the network namespace. When it no longer exists the lease counts as stale.</summary>
    public string? NamespacePath { get; init; }

    /// <summary>Name of the host's end of the veth pair.</summary>
    public string? HostInterface { get; init; }

    /// <summary>The MAC the user asked for, in lower-case colon form.</summary>
    public string? Mac { get; init; }

    /// <summary>Makes the MAC from the lease's IPv4 address (from the first address when there is no IPv4), used when
    /// <see cref="Mac"/> is null.</summary>
    public Func<IPAddress, string>? DeriveMac { get; init; }
}
