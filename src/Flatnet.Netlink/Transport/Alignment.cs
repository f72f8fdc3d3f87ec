namespace Flatnet.Netlink.Transport;

/// <summary>Messages and attributes begin at multiples of four bytes (NLMSG_ALIGNTO, NLA_ALIGNTO).</summary>
internal static class Alignment
{
    internal static int Align(int length) => (length + 3) & ~3;
}
