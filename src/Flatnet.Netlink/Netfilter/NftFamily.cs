using static Flatnet.Interop.NetfilterConstants;

namespace Flatnet.Netlink;

/// <summary>The traffic a table sees (NFPROTO_*).</summary>
public enum NftFamily : byte
{
    /// <summary>IPv4 and IPv6.</summary>
    Inet = NFPROTO_INET,

    /// <summary>IPv4.</summary>
    IPv4 = NFPROTO_IPV4,

    /// <summary>Frames that a bridge forwards.</summary>
    Bridge = NFPROTO_BRIDGE,

    /// <summary>IPv6.</summary>
    IPv6 = NFPROTO_IPV6,
}
