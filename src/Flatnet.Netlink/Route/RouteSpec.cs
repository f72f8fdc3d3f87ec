using System.Net;

namespace Flatnet.Netlink;

/// <summary>A route to add.</summary>
public sealed record RouteSpec
{
    /// <summary>The destination; it also decides the family of the default route (0.0.0.0 or ::). Host bits have to be zero.</summary>
    public required IPAddress Destination { get; init; }

    /// <summary>0 to 32, or to 128.</summary>
    public required int PrefixLength { get; init; }

    /// <summary>The next hop, of the same family; null for what is directly on the link.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The interface; 0 lets the kernel find it by the gateway.</summary>
    public int LinkIndex { get; init; }

    /// <summary>The metric; null leaves it to the kernel (IPv4 0, IPv6 1024).</summary>
    public uint? Priority { get; init; }

    /// <summary>The table; null is main (254).</summary>
    public uint? Table { get; init; }

    /// <summary>RT_SCOPE_*; null is universe (0) through a gateway and link (253) without one. IPv6 has no scopes.</summary>
    public byte? Scope { get; init; }

    /// <summary>Path MTU in bytes.</summary>
    public int? Mtu { get; init; }

    /// <summary>Maximum segment size announced to TCP peers, in bytes.</summary>
    public int? AdvMss { get; init; }
}
