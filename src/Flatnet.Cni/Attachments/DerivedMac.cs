using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Flatnet.Netlink;

namespace Flatnet.Cni.Attachments;

/// <summary>
/// Locally administered addresses that follow from something stable. A container that keeps its IP address keeps its MAC, so
/// its neighbours' ARP caches stay right across a restart.
/// </summary>
internal static class DerivedMac
{
    // 0x0a: unicast, locally administered. The second byte tells what the rest was derived from.
    private const byte Local = 0x0a;
    private const byte OfIPv4 = 0xf4;
    private const byte OfIPv6 = 0xf6;
    private const byte OfName = 0xf1;

    /// <summary>The MAC of whoever holds the address: its last four bytes behind our prefix.</summary>
    public static MacAddress FromAddress(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        byte kind = address.AddressFamily == AddressFamily.InterNetwork ? OfIPv4 : OfIPv6;
        return MacAddress.FromBytes([Local, kind, .. bytes.AsSpan(bytes.Length - 4)]);
    }

    /// <summary>Whether the MAC is of <see cref="FromHash"/>: a host end has it from its creation, before it has its alias.</summary>
    public static bool IsFromHash(MacAddress mac)
    {
        Span<byte> bytes = stackalloc byte[6];
        mac.CopyTo(bytes);
        return bytes[0] == Local && bytes[1] == OfName;
    }

    /// <summary>A MAC from a hash, for host ends and bridges without an address.</summary>
    public static MacAddress FromHash(ulong hash)
    {
        Span<byte> bytes = stackalloc byte[6];
        bytes[0] = Local;
        bytes[1] = OfName;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], (uint)(hash ^ (hash >> 32)));
        return MacAddress.FromBytes(bytes);
    }
}
