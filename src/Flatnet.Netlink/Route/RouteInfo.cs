using System.Net;

namespace Flatnet.Netlink;

/// <summary>A route as the kernel describes it (RTM_NEWROUTE). Of several next hops the first is given.</summary>
public sealed record RouteInfo
{
    /// <summary>The destination; null is the default route.</summary>
    public IPAddress? Destination { get; init; }

    /// <summary>0 to 32, or to 128.</summary>
    public required int PrefixLength { get; init; }

    /// <summary>The next hop; null for what is directly on the link. An IPv4 route may have an IPv6 next hop.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The interface; 0 for routes without one, such as blackholes.</summary>
    public int LinkIndex { get; init; }

    /// <summary>The metric.</summary>
    public uint Priority { get; init; }

    /// <summary>The table; 254 is main.</summary>
    public required uint Table { get; init; }

    /// <summary>RT_SCOPE_*.</summary>
    public byte Scope { get; init; }

    /// <summary>Path MTU in bytes.</summary>
    public int? Mtu { get; init; }

    /// <summary>Maximum segment size announced to TCP peers, in bytes.</summary>
    public int? AdvMss { get; init; }

    /// <summary>Who made it, RTPROT_*: 2 kernel, 3 boot, 4 static.</summary>
    public byte Protocol { get; init; }

    /// <summary>RTN_*: 1 unicast.</summary>
    public byte Type { get; init; }
}
