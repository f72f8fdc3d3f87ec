using System.Buffers.Binary;
using System.Net;
using Flatnet.Ipam;

namespace Flatnet.Cli.Doctor.Probes;

/// <summary>Compares IPv4 subnets.</summary>
internal static class Ipv4Subnets
{
    public static bool Overlap(IpPrefix one, IpPrefix other)
    {
        int shorter = Math.Min(one.Length, other.Length);
        uint mask = shorter == 0 ? 0 : uint.MaxValue << (32 - shorter);
        return ((Bits(one.Address) ^ Bits(other.Address)) & mask) == 0;
    }

    /// <summary>The first /24 from 10.87.2.0 on that overlaps with none of the given; null when there is none below 11.0.0.0.</summary>
    public static IpPrefix? FirstFree(IReadOnlyCollection<IpPrefix> taken)
    {
        const uint First = (10u << 24) | (87 << 16) | (2 << 8);
        for (uint network = First; network < 11u << 24; network += 1 << 8)
        {
            var candidate = new IpPrefix(FromBits(network), 24);
            if (!taken.Any(subnet => Overlap(subnet, candidate)))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>The prefix length of a mask such as 255.255.255.0; null when it has holes.</summary>
    public static int? LengthOf(IPAddress mask)
    {
        uint bits = Bits(mask);
        int length = System.Numerics.BitOperations.LeadingZeroCount(~bits);
        return length == 32 || bits << length == 0 ? length : null;
    }

    private static uint Bits(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    private static IPAddress FromBits(uint bits)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, bits);
        return new IPAddress(bytes);
    }
}
