using System.Collections.Immutable;
using System.Net;
using Flatnet.Ipam;

namespace Flatnet.Cli.Networks;

/// <summary>A network that is to be.</summary>
internal sealed record NetworkPlan
{
    public required string Name { get; init; }

    /// <summary>Its addresses; no host bits set.</summary>
    public required IpPrefix Subnet { get; init; }

    public required IPAddress Gateway { get; init; }

    public required string Bridge { get; init; }

    /// <summary>In bytes; 0 takes the uplink's.</summary>
    public int Mtu { get; init; }

    /// <summary>What leaves the subnet carries the host's address.</summary>
    public bool IpMasq { get; init; } = true;

    /// <summary>Labels as <c>podman network ls --filter label=</c> knows them.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The network that Flatnet ships.</summary>
    public static NetworkPlan Shipped { get; } = new()
    {
        Name = "flatnet",
        Subnet = new IpPrefix(new IPAddress([10, 87, 1, 0]), 24),
        Gateway = new IPAddress([10, 87, 1, 1]),
        Bridge = "flatnet-br0",
    };
}
