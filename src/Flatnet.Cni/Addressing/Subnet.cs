using System.Net;
using Flatnet.Ipam;

namespace Flatnet.Cni.Addressing;

/// <summary>Arithmetic on an address and its prefix length, bytes at a time.</summary>
internal static class Subnet
{
    /// <summary>The subnet that the address lies in: host bits zero.</summary>
    public static IpPrefix Of(IPAddress address, int prefixLength) => new(new IPAddress(NetworkBytes(address, prefixLength)), prefixLength);

    /// <summary>The subnet of an assigned address.</summary>
    public static IpPrefix Of(AssignedAddress address) => Of(address.Address, address.PrefixLength);

    /// <summary>The subnet's first address after its own, where a gateway is looked for by default.</summary>
    public static IPAddress FirstHost(IPAddress address, int prefixLength)
    {
        byte[] bytes = NetworkBytes(address, prefixLength);
        bytes[^1] |= 1;
        return new IPAddress(bytes);
    }

    /// <summary>Whether two addresses of one family share their first <paramref name="prefixLength"/> bits.</summary>
    public static bool Shares(IPAddress one, IPAddress other, int prefixLength) =>
        NetworkBytes(one, prefixLength).AsSpan().SequenceEqual(NetworkBytes(other, prefixLength));

    private static byte[] NetworkBytes(IPAddress address, int prefixLength)
    {
        byte[] bytes = address.GetAddressBytes();
        for (int i = 0; i < bytes.Length; i++)
        {
            int kept = Math.Clamp(prefixLength - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xff << (8 - kept));
        }

        return bytes;
    }
}
