using System.Net;

namespace Flatnet.Ipam;

/// <summary>Addresses in use by one interface of one container.</summary>
public sealed record Lease
{
    /// <summary>The runtime's container ID.</summary>
    public required string ContainerId { get; init; }

    /// <summary>Name of the interface inside the container; empty when an old host-local record did not tell.</summary>
    public required string InterfaceName { get; init; }

    /// <summary>The addresses, one per range set.</summary>
    public required IReadOnlyList<IPAddress> Addresses { get; init; }

    /// <summary>The container's name, if it was known.</summary>
    public string? ContainerName { get; init; }

    /// <summary>The MAC of the interface inside, in lower-case colon form.</summary>
    public string? Mac { get; init; }

    /// <summary>Path of the container's network namespace.</summary>
    public string? NamespacePath { get; init; }

    /// <summary>Name of the host's end of the veth pair.</summary>
    public string? HostInterface { get; init; }

    /// <summary>When the lease was made.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The kernel's boot ID at that time; empty when unknown, which counts as an earlier boot.</summary>
    public string BootId { get; init; } = "";

    /// <summary>What identifies the lease.</summary>
    public Attachment Attachment => new(ContainerId, InterfaceName);
}
