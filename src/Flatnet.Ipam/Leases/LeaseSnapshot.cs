using System.Collections.Immutable;

namespace Flatnet.Ipam;

/// <summary>One network's leases and reservations at one moment.</summary>
public sealed record LeaseSnapshot
{
    /// <summary>Where the document is.</summary>
    public required string Location { get; init; }

    /// <summary>There is no document (yet).</summary>
    public bool IsMissing { get; init; }

    /// <summary>Why the document does not parse; null when it does. Leases are then those that the kernel can prove.</summary>
    public string? Trouble { get; init; }

    /// <summary>Every lease, oldest first, stale ones included.</summary>
    public ImmutableArray<Lease> Leases { get; init; } = [];

    /// <summary>Every reservation: the configuration's static ones first, then those of the document.</summary>
    public ImmutableArray<Reservation> Reservations { get; init; } = [];

    /// <summary>Names of fields in the document that this version does not know, each once, such as <c>leases.note</c>. They
    /// are kept by every write.</summary>
    public ImmutableArray<string> UnknownFields { get; init; } = [];
}
