namespace Flatnet.Netlink;

/// <summary>Usual priorities of base chains, lower ones first (NF_IP_PRI_*, NF_BR_PRI_*); nft(8) shows their names.</summary>
public static class NetfilterPriority
{
    /// <summary>Destination NAT of IP: <c>dstnat</c>.</summary>
    public const int DestinationNat = -100;

    /// <summary>Filters of IP: <c>filter</c>.</summary>
    public const int Filter = 0;

    /// <summary>Source NAT of IP: <c>srcnat</c>.</summary>
    public const int SourceNat = 100;

    /// <summary>Destination NAT of bridged frames: <c>dstnat</c>.</summary>
    public const int BridgeDestinationNat = -300;

    /// <summary>Filters of bridged frames: <c>filter</c>.</summary>
    public const int BridgeFilter = -200;
}
