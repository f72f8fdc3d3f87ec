using System.Net;
using Flatnet.Ipam;

namespace Flatnet.Cli.Networks;

/// <summary>Finds a subnet that nothing on this machine uses.</summary>
internal static class FreeSubnet
{
    private const int Length = 24;

    /// <summary>The first free one of 10.87.1.0/24 to 10.87.254.0/24, then of 192.168.1.0/24 to 192.168.254.0/24, because a VPN
    /// often takes all that begins with 10; null when none is free.</summary>
    public static IpPrefix? Find(IReadOnlyCollection<OccupiedSubnet> occupied)
    {
        foreach ((byte first, byte second) in ((byte, byte)[])[(10, 87), (192, 168)])
        {
            for (byte third = 1; third < byte.MaxValue; third++)
            {
                var candidate = new IpPrefix(new IPAddress([first, second, third, 0]), Length);
                if (ClashOf(candidate, occupied) is null)
                {
                    return candidate;
                }
            }
        }

        return null;
    }

    /// <summary>Who has some of the subnet's addresses; null when nobody has.</summary>
    public static OccupiedSubnet? ClashOf(IpPrefix subnet, IEnumerable<OccupiedSubnet> occupied) =>
        occupied.FirstOrDefault(other => other.Subnet.Overlaps(subnet));
}
