using System.Net;
using Flatnet.Cli.Networks;
using Flatnet.Ipam;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Cli.Tests.Networks;

public sealed class FreeSubnetTests
{
    [Fact]
    public void A_free_subnet_never_overlaps_and_no_earlier_one_is_free()
    {
        Gen<OccupiedSubnet> near = from third in Gen.Choose(0, 12)
                                   from fourth in Gen.Choose(0, 255)
                                   from length in Gen.Choose(20, 32)
                                   select Occupied(10, 87, third, fourth, length);
        Gen<OccupiedSubnet> any = from first in Gen.Elements(10, 172, 192)
                                  from second in Gen.Elements(0, 16, 87, 168)
                                  from third in Gen.Choose(0, 255)
                                  from length in Gen.Choose(8, 32)
                                  select Occupied(first, second, third, 0, length);
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Gen.OneOf(near, any).ArrayOf().ToArbitrary(), IsFirstFree));
    }

    [Fact]
    public void When_everything_is_taken_there_is_none() =>
        Assert.Null(FreeSubnet.Find([Occupied(10, 0, 0, 0, 8), Occupied(192, 168, 0, 0, 16)]));

    [Fact]
    public void Routes_are_read_as_the_kernel_writes_them()
    {
        string[] lines =
        [
            "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT",
            "eth0\t00000000\t010011AC\t0003\t0\t0\t0\t00000000\t0\t0\t0",
            "eth0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0",
            "wg0\t0501A8C0\t00000000\t0005\t0\t0\t0\tFFFFFFFF\t0\t0\t0",
            "half a line",
            "x\tnonsense\t0\t0\t0\t0\t0\t0\t0\t0\t0",
        ];

        Assert.Equal(
            ["0.0.0.0/0 a route over eth0", "172.17.0.0/16 a route over eth0", "192.168.1.5/32 a route over wg0"],
            OccupiedSubnets.ReadRoutes(lines).Select(route => $"{route.Subnet} {route.Owner}"));
    }

    private static bool IsFirstFree(OccupiedSubnet[] occupied)
    {
        IpPrefix? free = FreeSubnet.Find(occupied);
        return free is { } found
            ? !occupied.Any(other => Share(other.Subnet, found)) && Earlier(found).All(earlier => occupied.Any(other => Share(other.Subnet, earlier)))
            : occupied.Length > 0;
    }

    // Counted by itself, so that the product's own answer is not the judge.
    private static bool Share(IpPrefix one, IpPrefix other)
    {
        (ulong First, ulong Last) a = Span(one);
        (ulong First, ulong Last) b = Span(other);
        return a.First <= b.Last && b.First <= a.Last;
    }

    private static (ulong First, ulong Last) Span(IpPrefix subnet)
    {
        ulong size = 1UL << (32 - subnet.Length);
        ulong address = subnet.Address.GetAddressBytes().Aggregate(0UL, (number, part) => (number * 256) + part);
        return (address / size * size, (address / size * size) + size - 1);
    }

    private static IEnumerable<IpPrefix> Earlier(IpPrefix found)
    {
        for (int third = 1; third < 255; third++)
        {
            IpPrefix candidate = Occupied(10, 87, third, 0, 24).Subnet;
            if (candidate == found)
            {
                yield break;
            }

            yield return candidate;
        }
    }

    private static OccupiedSubnet Occupied(int first, int second, int third, int fourth, int length) =>
        new(new IpPrefix(new IPAddress([(byte)first, (byte)second, (byte)third, (byte)fourth]), length), "a test");
}
