using System.Net;

namespace Flatnet.Ipam;

/// <summary>Addresses kept for a container name while no container has them.</summary>
public sealed record Reservation
{
    /// <summary>The container name.</summary>
    public required string Name { get; init; }

    /// <summary>The addresses, at most one per range set in use.</summary>
    public required IReadOnlyList<IPAddress> Addresses { get; init; }

    /// <summary>Static: made by the administrator, never given to another name. Otherwise sticky: made by use, and the
    /// least recently used one gives way when nothing else is left.</summary>
    public bool IsStatic { get; init; }

    /// <summary>When a container of that name last got or gave back its addresses.</summary>
    public DateTimeOffset LastUsed { get; init; }
}
