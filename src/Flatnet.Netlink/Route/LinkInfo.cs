namespace Flatnet.Netlink;

/// <summary>A network interface as the kernel describes it (RTM_NEWLINK).</summary>
public sealed record LinkInfo
{
    /// <summary>The interface's number in its namespace.</summary>
    public required int Index { get; init; }

    /// <summary>The interface's name.</summary>
    public required string Name { get; init; }

    /// <summary>The driver's name, such as <c>bridge</c> or <c>veth</c>; null for physical devices and the loopback.</summary>
    public string? Kind { get; init; }

    /// <summary>The Ethernet address; null when the interface has none of six bytes.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>Largest packet, in bytes.</summary>
    public int Mtu { get; init; }

    /// <summary>Switched on by the administrator (IFF_UP).</summary>
    public bool IsUp { get; init; }

    /// <summary>The carrier is there (IFF_LOWER_UP).</summary>
    public bool IsLowerUp { get; init; }

    /// <summary>Operational state (RFC 2863, IF_OPER_*): 2 is down, 6 is up, 0 unknown.</summary>
    public int OperState { get; init; }

    /// <summary>The bridge this interface is a port of; 0 for none.</summary>
    public int MasterIndex { get; init; }

    /// <summary>For a veth the index of the other end (IFLA_LINK), in the other end's namespace; 0 for none.</summary>
    public int PeerIndex { get; init; }

    /// <summary>The other end's namespace (IFLA_LINK_NETNSID), as numbered in this one; null when it is the same.</summary>
    public int? PeerNamespaceId { get; init; }

    /// <summary>How many parties hold the interface promiscuous; ports of a bridge usually are without <see cref="Promiscuous"/>.</summary>
    public int Promiscuity { get; init; }

    /// <summary>Promiscuous by the administrator's wish (IFF_PROMISC).</summary>
    public bool Promiscuous { get; init; }

    /// <summary>The group; 0 unless somebody set it.</summary>
    public uint Group { get; init; }

    /// <summary>The free text given to the interface (IFLA_IFALIAS).</summary>
    public string? Alias { get; init; }

    /// <summary>Bridge port: may send back where it came from. Null for other interfaces.</summary>
    public bool? Hairpin { get; init; }

    /// <summary>Bridge port: cannot reach other isolated ports. Null for other interfaces.</summary>
    public bool? Isolated { get; init; }

    /// <summary>Bridge: VLAN filtering is on. Null for other interfaces.</summary>
    public bool? VlanFiltering { get; init; }
}
