using System.Net;

namespace Flatnet.Ipam;

/// <summary>A route as configured, copied to the result (CNI specification 1.1.0, "routes").</summary>
public sealed record Route
{
    /// <summary>Where the route leads, <c>dst</c>.</summary>
    public required IpPrefix Destination { get; init; }

    /// <summary>Next hop, <c>gw</c>; null leaves the choice to the plugin.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>Path MTU in bytes; since 1.1.0.</summary>
    public int? Mtu { get; init; }

    /// <summary>Maximum segment size to advertise, in bytes; since 1.1.0.</summary>
    public int? AdvMss { get; init; }

    /// <summary>Metric, lower wins; since 1.1.0.</summary>
    public int? Priority { get; init; }

    /// <summary>Routing table; since 1.1.0.</summary>
    public int? Table { get; init; }

    /// <summary>Scope as in rtnetlink(7), 0 = universe; since 1.1.0.</summary>
    public int? Scope { get; init; }
}
