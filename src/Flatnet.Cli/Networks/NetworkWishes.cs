using System.Collections.Immutable;
using System.Net;
using Flatnet.Ipam;

namespace Flatnet.Cli.Networks;

/// <summary>What the user said about a new network; what is null is left to Flatnet.</summary>
internal sealed record NetworkWishes
{
    public required string Name { get; init; }

    public IpPrefix? Subnet { get; init; }

    public IPAddress? Gateway { get; init; }

    public string? Bridge { get; init; }

    /// <summary>A bridge of an earlier set-up, which may still be there with the subnet's address; null without.</summary>
    public string? OwnBridge { get; init; }

    public int Mtu { get; init; }

    public bool IpMasq { get; init; } = true;

    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Take the subnet and the bridge although somebody else has them.</summary>
    public bool Force { get; init; }
}
