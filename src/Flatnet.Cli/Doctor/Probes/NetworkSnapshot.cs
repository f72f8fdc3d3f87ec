using System.Collections.Immutable;
using System.Net.Sockets;
using Flatnet.Netlink;

namespace Flatnet.Cli.Doctor.Probes;

/// <summary>The host's interfaces and routes at one moment.</summary>
/// <param name="Links">Every interface.</param>
/// <param name="Addresses">The addresses of its bridges.</param>
/// <param name="Routes">IPv4 routes of all tables but the local one.</param>
internal sealed record NetworkSnapshot(ImmutableArray<LinkInfo> Links, ImmutableArray<AddressInfo> Addresses, ImmutableArray<RouteInfo> Routes)
{
    private const uint MainTable = 254;

    public LinkInfo? Find(string name) => Links.FirstOrDefault(link => link.Name == name);

    public string NameOf(int index) => Links.FirstOrDefault(link => link.Index == index)?.Name ?? "-";

    /// <summary>The interface that the preferred default route leaves by; null without one.</summary>
    public LinkInfo? Uplink
    {
        get
        {
            RouteInfo? route = Routes.Where(route => route is { PrefixLength: 0, Table: MainTable, LinkIndex: > 0 }).MinBy(route => route.Priority);
            return route is null ? null : Links.FirstOrDefault(link => link.Index == route.LinkIndex);
        }
    }

    /// <summary>Asks the kernel.</summary>
    /// <exception cref="NetlinkException">It refuses.</exception>
    public static NetworkSnapshot Take()
    {
        using RouteSocket socket = RouteSocket.Open();
        List<LinkInfo> links = socket.ListLinks();
        return new NetworkSnapshot(
            [.. links],
            [.. links.Where(link => link.Kind == "bridge").SelectMany(link => socket.ListAddresses(link.Index))],
            [.. socket.ListRoutes(AddressFamily.InterNetwork)]);
    }
}
