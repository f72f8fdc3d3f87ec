namespace Flatnet.Netlink;

/// <summary>What to change on an interface; null leaves a thing as it is.</summary>
public sealed record LinkChange
{
    /// <summary>Switch on or off. Comes last, after everything else of the same change.</summary>
    public bool? Up { get; init; }

    /// <summary>Accept frames for everybody.</summary>
    public bool? Promiscuous { get; init; }

    /// <summary>Largest packet in bytes, from 68.</summary>
    public int? Mtu { get; init; }

    /// <summary>The Ethernet address. On a bridge this pins it: it no longer follows its ports.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>The bridge to become a port of; 0 leaves it.</summary>
    public int? MasterIndex { get; init; }

    /// <summary>The group, which is a number by which several interfaces can be meant at once; 0 is the default group.</summary>
    public uint? Group { get; init; }

    /// <summary>Free text of at most 255 bytes; empty removes it.</summary>
    public string? Alias { get; init; }

    /// <summary>Bridge port: may send back where it came from.</summary>
    public bool? Hairpin { get; init; }

    /// <summary>Bridge port: cannot reach other isolated ports.</summary>
    public bool? Isolated { get; init; }

    /// <summary>Announce IPv4 addresses by gratuitous ARP when the interface comes up (<c>arp_notify</c>). Works also together with <see cref="Up"/>.</summary>
    public bool? ArpNotify { get; init; }

    /// <summary>True: the interface makes itself no link-local IPv6 address, and so takes no part in IPv6 of its own (a bridge port
    /// needs none). Fails with EAFNOSUPPORT on a kernel without IPv6.</summary>
    public bool NoIPv6LinkLocal { get; init; }

    /// <summary>Bridge: filter by VLAN.</summary>
    public bool? VlanFiltering { get; init; }

    /// <summary>New name, 1 to 15 bytes. The interface has to be down on kernels before 6.2.</summary>
    public string? NewName { get; init; }
}
