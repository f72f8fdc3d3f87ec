namespace Flatnet.Netlink;

/// <summary>A pair of connected interfaces. Both ends have the same MTU; the peer is down at first.</summary>
public sealed record VethSpec
{
    /// <summary>This end's name, 1 to 15 bytes.</summary>
    public required string Name { get; init; }

    /// <summary>Largest packet in bytes; 0 leaves it to the kernel (1500).</summary>
    public int Mtu { get; init; }

    /// <summary>This end's address; null for a random one.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>The bridge this end becomes a port of; 0 for none.</summary>
    public int MasterIndex { get; init; }

    /// <summary>Switch this end on at once.</summary>
    public bool Up { get; init; }

    /// <summary>The other end's name, 1 to 15 bytes.</summary>
    public required string PeerName { get; init; }

    /// <summary>The other end's address; null for a random one.</summary>
    public MacAddress? PeerMac { get; init; }

    /// <summary>Where the other end is made; null for the same namespace. Has to stay open until the batch was executed.</summary>
    public NetworkNamespace? PeerNamespace { get; init; }

    /// <summary>The bridge the other end becomes a port of, in the same namespace only; 0 for none. Costs a second message.</summary>
    public int PeerMasterIndex { get; init; }
}
