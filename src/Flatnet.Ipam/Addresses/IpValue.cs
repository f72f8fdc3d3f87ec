using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Flatnet.Ipam;

/// <summary>An address as one number, so that ranges can be counted through. IPv4 is kept in its v4-mapped form
/// (RFC 4291, 2.5.5.2), which makes the family part of the number and lets one comparison serve both.</summary>
internal readonly record struct IpValue(UInt128 Bits) : IComparable<IpValue>
{
    private const ulong MappedPrefix = 0xffff_0000_0000;

    internal bool IsIPv4 => Bits >> 32 == 0xffff;

    /// <summary>32 or 128.</summary>
    internal int Width => IsIPv4 ? 32 : 128;

    internal static IpValue FromIPv4(uint bits) => new(new UInt128(0, MappedPrefix | bits));

    internal static IpValue From(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int written);
        return written == 4
            ? FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : new IpValue(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    internal IPAddress ToAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Bits);
        return new IPAddress(IsIPv4 ? bytes[12..] : bytes);
    }

    internal AddressFamily Family => IsIPv4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;

    public int CompareTo(IpValue other) => Bits.CompareTo(other.Bits);

    public static bool operator <(IpValue left, IpValue right) => left.Bits < right.Bits;

    public static bool operator >(IpValue left, IpValue right) => left.Bits > right.Bits;

    public static bool operator <=(IpValue left, IpValue right) => left.Bits <= right.Bits;

    public static bool operator >=(IpValue left, IpValue right) => left.Bits >= right.Bits;

    public override string ToString() => ToAddress().ToString();
}
