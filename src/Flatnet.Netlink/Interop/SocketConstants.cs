namespace Flatnet.Interop;

/// <summary>Address families, socket types, options and flags.</summary>
[CHeader("sys/socket.h")]
internal static class SocketConstants
{
    internal const int AF_UNSPEC = 0;
    internal const int AF_INET = 2;
    internal const int AF_BRIDGE = 7;
    internal const int AF_INET6 = 10;
    internal const int AF_NETLINK = 16;
    internal const int SOCK_RAW = 3;
    internal const int SOCK_CLOEXEC = 0x80000;
    internal const int SOL_SOCKET = 1;
    internal const int SO_RCVTIMEO = 20;
    internal const int MSG_PEEK = 0x2;
    internal const int MSG_TRUNC = 0x20;
}
