using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Flatnet.Netlink.Transport;
using static Flatnet.Interop.SocketConstants;

namespace Flatnet.Netlink.Route;

/// <summary>IP addresses as attribute values: four or sixteen bytes in network order.</summary>
internal static class AddressValue
{
    internal static IPAddress Read(ReadOnlySpan<byte> value, int family) => value.Length == Size(family)
        ? new IPAddress(value)
        : throw new MalformedMessageException("an IP address has the wrong length for its family");

    internal static int RequirePrefix(byte length, int family) => length <= Size(family) * 8
        ? length
        : throw new MalformedMessageException("a prefix is longer than an address");

    internal static void Put(MessageWriter writer, ushort type, IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int length);
        writer.Put(type, bytes[..length]);
    }

    internal static byte Family(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? (byte)AF_INET : (byte)AF_INET6;

    /// <exception cref="ArgumentException">The length is not one of the address's family.</exception>
    internal static byte CheckedPrefix(IPAddress address, int length)
    {
        if (length < 0 || length > Size(Family(address)) * 8)
        {
            throw new ArgumentException("a prefix of " + address + " cannot be " + length.ToString(CultureInfo.InvariantCulture) + " bits long", nameof(length));
        }

        return (byte)length;
    }

    private static int Size(int family) => family == AF_INET ? 4 : 16;
}
