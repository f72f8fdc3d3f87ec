using System.Collections.Immutable;

namespace Flatnet.Ipam;

/// <summary>What an acquired lease means for the container.</summary>
public sealed record IpamResult
{
    /// <summary>One address per range set, in the order of the sets.</summary>
    public required ImmutableArray<AssignedAddress> Addresses { get; init; }

    /// <summary>The configured routes, unchanged.</summary>
    public IReadOnlyList<Route> Routes { get; init; } = [];

    /// <summary>What the <c>resolvConf</c> file says; empty without one.</summary>
    public DnsSettings Dns { get; init; } = new();

    /// <summary>The MAC recorded with the lease: the requested one, else the derived one; null when neither was offered.</summary>
    public string? Mac { get; init; }
}
