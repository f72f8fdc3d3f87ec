using System.Net;

namespace Flatnet.Netlink;

/// <summary>An address to put on an interface, or to take away.</summary>
public sealed record AddressSpec
{
    /// <summary>The interface.</summary>
    public required int LinkIndex { get; init; }

    /// <summary>IPv4 or IPv6.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>0 to 32, or to 128.</summary>
    public required int PrefixLength { get; init; }

    /// <summary>IPv6: usable at once, without looking for a duplicate first.</summary>
    public bool NoDad { get; init; }

    /// <summary>IPv4: the broadcast address; null for none.</summary>
    public IPAddress? Broadcast { get; init; }
}
