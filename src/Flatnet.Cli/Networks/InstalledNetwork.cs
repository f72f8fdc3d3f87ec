using System.Collections.Immutable;
using System.Net;
using Flatnet.Ipam;

namespace Flatnet.Cli.Networks;

/// <summary>A network as a file in the CNI configuration directory describes it.</summary>
internal sealed record InstalledNetwork
{
    /// <summary>The type of Flatnet's main plugin.</summary>
    public const string FlatnetType = "flatnet";

    public required string Name { get; init; }

    /// <summary>The file's path.</summary>
    public required string File { get; init; }

    /// <summary>A list of plugins (<c>.conflist</c>). Podman ignores files of a single plugin (<c>.conf</c>).</summary>
    public bool IsList { get; init; } = true;

    public string CniVersion { get; init; } = "";

    /// <summary>The types of its plugins in order, then that of the address plugin; no type twice.</summary>
    public ImmutableArray<string> PluginTypes { get; init; } = [];

    /// <summary>The bridge of the first plugin that has one; null without.</summary>
    public string? Bridge { get; init; }

    /// <summary>The bridge carries the gateway address and the host forwards.</summary>
    public bool IsGateway { get; init; }

    /// <summary>What leaves the subnet carries the host's address.</summary>
    public bool IpMasq { get; init; }

    /// <summary>False (<c>"firewall": "none"</c>): no rules of any kind are made.</summary>
    public bool UsesFirewall { get; init; } = true;

    /// <summary>False: the bridge is somebody else's.</summary>
    public bool ManageBridge { get; init; } = true;

    /// <summary>The configured MTU in bytes; 0 is that of the uplink.</summary>
    public int Mtu { get; init; }

    /// <summary>Addresses, ranges and where the leases are; null when another plugin decides that, or when they are wrong.</summary>
    public IpamConfiguration? Ipam { get; init; }

    /// <summary>Whether Flatnet's plugin makes its attachments.</summary>
    public bool IsFlatnet => PluginTypes.Contains(FlatnetType);

    /// <summary>The subnets of its ranges, each once.</summary>
    public ImmutableArray<IpPrefix> Subnets => Ipam is null
        ? []
        : [.. Ipam.RangeSets.SelectMany(set => set.Ranges).Select(range => range.Subnet).Distinct()];

    /// <summary>The gateways of its ranges, each once.</summary>
    public ImmutableArray<IPAddress> Gateways => Ipam is null
        ? []
        : [.. Ipam.RangeSets.SelectMany(set => set.Ranges).Select(range => range.Gateway).Distinct()];
}
