using System.Net.Sockets;
using Flatnet.Netlink;

namespace Flatnet.Cni.Bridges;

/// <summary>The MTU of the interface that the default route leaves by; larger packets would be lost or split on the way.</summary>
internal static class UplinkMtu
{
    private const uint MainTable = 254;

    /// <summary>The MTU in bytes; 0 when the host has no default route, which leaves the kernel's own default.</summary>
    public static int Find(RouteSocket host) => Find(host, AddressFamily.InterNetwork) is > 0 and var mtu ? mtu : Find(host, AddressFamily.InterNetworkV6);

    private static int Find(RouteSocket host, AddressFamily family)
    {
        RouteInfo? best = null;
        foreach (RouteInfo route in host.ListRoutes(family))
        {
            if (route is { PrefixLength: 0, Table: MainTable, LinkIndex: > 0 } && (best is null || route.Priority < best.Priority))
            {
                best = route;
            }
        }

        return best is null ? 0 : host.FindLink(best.LinkIndex)?.Mtu ?? 0;
    }
}
