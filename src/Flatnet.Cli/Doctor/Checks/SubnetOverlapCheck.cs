using System.Collections.Immutable;
using System.Net.Sockets;
using Flatnet.Cli.Doctor.Probes;
using Flatnet.Cli.Networks;
using Flatnet.Ipam;
using Flatnet.Netlink;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether another route, of a VPN or the office, claims the containers' addresses.</summary>
internal sealed class SubnetOverlapCheck : ICheck
{
    public string Category => "Network";

    public string Name => "Subnet is free";

    public async Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation)
    {
        IpPrefix[] subnets = [.. context.Subnets.Where(subnet => subnet.Address.AddressFamily == AddressFamily.InterNetwork)];
        List<KnownRoute> routes = [.. LinuxRoutes(context)];
        if (context.IsWsl)
        {
            // Flatnet's own way from Windows to the containers is such a route.
            routes.AddRange((await WindowsRoutes.ReadAsync(context.Processes, cancellation)).Where(route => !subnets.Contains(route.Subnet)));
        }

        KnownRoute[] clashes = [.. routes.Where(route => subnets.Any(subnet => subnet.Overlaps(route.Subnet)))];
        if (clashes.Length == 0)
        {
            return CheckResult.Pass($"{string.Join(", ", subnets)} overlaps with none of {routes.Count} routes") with { Details = Table(routes, subnets) };
        }

        IEnumerable<OccupiedSubnet> occupied = routes.Select(route => new OccupiedSubnet(route.Subnet, route.Place));
        string free = FreeSubnet.Find([.. occupied, .. subnets.Select(subnet => new OccupiedSubnet(subnet, "flatnet"))])?.ToString() ?? "a free subnet";
        return CheckResult.Warning(
            $"{string.Join(", ", subnets)} overlaps with {clashes[0].Subnet} on {clashes[0].Place}",
            $"Use a free subnet: sudo flatnet network create flatnet2 --subnet {free}") with
        {
            Details = Table(routes, subnets),
        };
    }

    private static IEnumerable<KnownRoute> LinuxRoutes(DoctorContext context)
    {
        int own = context.Kernel.Find(context.Bridge)?.Index ?? -1;
        foreach (RouteInfo route in context.Kernel.Routes)
        {
            if (route is { Destination: { } destination, PrefixLength: > 0 } && route.LinkIndex != own)
            {
                yield return new KnownRoute(new IpPrefix(destination, route.PrefixLength), context.Kernel.NameOf(route.LinkIndex));
            }
        }
    }

    private static ImmutableArray<string> Table(List<KnownRoute> routes, IpPrefix[] subnets) =>
    [
        .. subnets.Select(subnet => $"{subnet,-18} {"flatnet",-16} ours"),
        .. routes.Select(route => $"{route.Subnet,-18} {route.Place,-16} {(subnets.Any(subnet => subnet.Overlaps(route.Subnet)) ? "OVERLAPS" : "ok")}"),
    ];
}
