using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Numerics;
using Flatnet.Cli.Hosting;
using Flatnet.Ipam;
using Flatnet.Netlink;

namespace Flatnet.Cli.Networks;

/// <summary>Finds what a new network's subnet must keep away from.</summary>
internal static class OccupiedSubnets
{
    // VPNs split the default route in halves or quarters, so that theirs is more exact; that is no place of its own.
    private const int ShortestSubnet = 8;

    /// <summary>The subnets of installed networks, of routes, and of interfaces.</summary>
    /// <param name="context">The machine.</param>
    /// <param name="installed">Its networks.</param>
    /// <param name="ownBridge">A bridge whose routes and addresses do not count.</param>
    public static ImmutableArray<OccupiedSubnet> Find(CommandContext context, InstalledNetworks installed, string? ownBridge = null)
    {
        var found = new List<OccupiedSubnet>();
        foreach (InstalledNetwork network in installed.Networks)
        {
            found.AddRange(network.Subnets.Select(subnet => new OccupiedSubnet(subnet, $"the network \"{network.Name}\" ({network.File})")));
        }

        found.AddRange(Routes(context).Where(occupied => occupied.Owner != RouteOwner(ownBridge)));
        found.AddRange(InterfaceAddresses(context).Where(occupied => occupied.Owner != InterfaceOwner(ownBridge)));
        return [.. found.Where(occupied => occupied.Subnet.Length >= ShortestSubnet)];
    }

    /// <summary>Reads <c>/proc/net/route</c>: addresses are numbers of the machine's byte order, in hexadecimal.</summary>
    internal static IEnumerable<OccupiedSubnet> ReadRoutes(IEnumerable<string> lines)
    {
        foreach (string line in lines.Skip(1))
        {
            string[] fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 7 && TryParseAddress(fields[1], out uint destination) && TryParseAddress(fields[7], out uint mask))
            {
                var address = new IPAddress(BitConverter.GetBytes(destination));
                yield return new OccupiedSubnet(new IpPrefix(address, BitOperations.PopCount(mask)), RouteOwner(fields[0]));
            }
        }
    }

    private static string RouteOwner(string? name) => "a route over " + name;

    private static string InterfaceOwner(string? name) => "the interface " + name;

    private static OccupiedSubnet[] Routes(CommandContext context)
    {
        try
        {
            return [.. ReadRoutes(File.ReadAllLines(context.Root + "/proc/net/route"))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            context.Error.WriteLine($"Warning: routes could not be compared: {error.Message}");
            return [];
        }
    }

    // A bridge that is down has its address, but no route.
    private static List<OccupiedSubnet> InterfaceAddresses(CommandContext context)
    {
        var found = new List<OccupiedSubnet>();
        if (context.Root.Length > 0)
        {
            // The kernel's interfaces are not those of another root.
            return found;
        }

        using RouteSocket socket = RouteSocket.Open();
        foreach (LinkInfo link in socket.ListLinks())
        {
            found.AddRange(socket.ListAddresses(link.Index)
                .Select(address => new OccupiedSubnet(new IpPrefix(address.Address, address.PrefixLength), InterfaceOwner(link.Name))));
        }

        return found;
    }

    private static bool TryParseAddress(string text, out uint number)
    {
        bool parsed = uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
        return parsed && text.Length == sizeof(uint) * 2;
    }
}
