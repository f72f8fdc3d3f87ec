using Flatnet.Cni.Protocol;
using Flatnet.Ipam;
using Flatnet.Netlink;

namespace Flatnet.Cni.Configuration;

/// <summary>
/// One network as its configuration describes it: every key of the reference <c>bridge</c> plugin, and ours
/// (<c>manageBridge</c>, <c>firewall</c>, <c>logFile</c>).
/// </summary>
internal sealed record NetworkConfiguration
{
    /// <summary>The bridge when <c>bridge</c> is absent, as the reference names it.</summary>
    public const string DefaultBridge = "cni0";

    /// <summary>The whole document, for delegates and for the IPAM part.</summary>
    public required ConfigObject Source { get; init; }

    public required string Name { get; init; }

    public required string CniVersion { get; init; }

    public required string Bridge { get; init; }

    /// <summary><c>ipam.type</c>; null on a layer 2 network.</summary>
    public string? IpamType { get; init; }

    /// <summary>The bridge carries the gateway addresses and the host forwards.</summary>
    public bool IsGateway { get; init; }

    /// <summary>The container gets a default route by the gateway in each family that has none.</summary>
    public bool IsDefaultGateway { get; init; }

    /// <summary>Other addresses on the bridge give way to the gateway's.</summary>
    public bool ForceAddress { get; init; }

    /// <summary>Traffic that leaves the subnet carries the host's address.</summary>
    public bool IpMasq { get; init; }

    /// <summary><c>iptables</c>, <c>nftables</c> or null: whichever the kernel has.</summary>
    public string? IpMasqBackend { get; init; }

    /// <summary>MTU of a new bridge and of both veth ends in bytes; 0 = that of the default route's uplink.</summary>
    public int Mtu { get; init; }

    public bool HairpinMode { get; init; }

    public bool PromiscMode { get; init; }

    /// <summary>The port's native VLAN ID; 0 = none.</summary>
    public int Vlan { get; init; }

    /// <summary>VLANs carried tagged; null when the key is absent, which is not the same as an empty list.</summary>
    public IReadOnlyList<VlanRange>? VlanTrunk { get; init; }

    /// <summary>VLANs already on the port stay (usually VLAN 1).</summary>
    public bool PreserveDefaultVlan { get; init; }

    public bool MacSpoofCheck { get; init; }

    /// <summary>IPv6 duplicate address detection in the container.</summary>
    public bool EnableDad { get; init; }

    /// <summary>The container's end stays down.</summary>
    public bool DisableContainerInterface { get; init; }

    /// <summary>The port reaches only ports that are not isolated.</summary>
    public bool PortIsolation { get; init; }

    /// <summary>Replaces the IPAM plugin's DNS settings; null leaves them.</summary>
    public DnsSettings? Dns { get; init; }

    /// <summary>The container's MAC as somebody asked for it; null = derived from its address.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>False: the bridge is somebody else's, to be used and never created, deleted, addressed or firewalled.</summary>
    public bool ManageBridge { get; init; } = true;

    /// <summary>False (<c>"firewall": "none"</c>): no netfilter rule of any kind.</summary>
    public bool UsesFirewall { get; init; } = true;

    /// <summary>What the caller passed in <c>CNI_ARGS</c>.</summary>
    public CniArguments Arguments { get; init; } = new();

    /// <summary>Whether the bridge has to keep VLANs apart.</summary>
    public bool NeedsVlanFiltering => Vlan != 0 || VlanTrunk is not null;

    /// <summary>Layer 2: no address is assigned by us.</summary>
    public bool IsLayer2 => IpamType is null;
}
