namespace Flatnet.Netlink;

/// <summary>A bridge to create. It is down at first.</summary>
public sealed record BridgeSpec
{
    /// <summary>1 to 15 bytes.</summary>
    public required string Name { get; init; }

    /// <summary>Largest packet in bytes; 0 leaves it to the kernel, which follows the smallest port.</summary>
    public int Mtu { get; init; }

    /// <summary>A fixed Ethernet address; null lets it follow the ports.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>Filter by VLAN; needs CONFIG_BRIDGE_VLAN_FILTERING.</summary>
    public bool VlanFiltering { get; init; }

    /// <summary>VLAN that new ports get as their own, 0 for none; null leaves it at 1.</summary>
    public ushort? DefaultPvid { get; init; }
}
