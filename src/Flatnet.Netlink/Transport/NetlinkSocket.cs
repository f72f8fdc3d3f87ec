using System.Runtime.InteropServices;
using Flatnet.Interop;
using static Flatnet.Interop.NetlinkConstants;
using static Flatnet.Interop.SocketConstants;

namespace Flatnet.Netlink.Transport;

/// <summary>A netlink socket. It belongs to the network namespace its thread was in when it was opened, for good.</summary>
internal sealed unsafe class NetlinkSocket : INetlinkChannel
{
    /// <summary>How long one answer may take. The kernel answers at once; this only guards against waiting forever.</summary>
    internal const int DefaultTimeoutSeconds = 5;

    private readonly SafeFileDescriptor _descriptor;

    private NetlinkSocket(SafeFileDescriptor descriptor) => _descriptor = descriptor;

    public uint PortId { get; private set; }

    /// <exception cref="NetlinkException">The kernel lacks the protocol or refuses the socket.</exception>
    internal static NetlinkSocket Open(int protocol, string name)
    {
        int descriptor = Libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
        if (descriptor < 0)
        {
            throw new NetlinkException(Marshal.GetLastPInvokeError(), "open netlink socket", name, null);
        }

        var socket = new NetlinkSocket(new SafeFileDescriptor(descriptor));
        try
        {
            socket.Configure(name);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public int Send(ReadOnlySpan<byte> datagram)
    {
        // Without an address a netlink socket talks to port 0, the kernel.
        fixed (byte* start = datagram)
        {
            while (Libc.sendto(_descriptor.Descriptor, start, (nuint)datagram.Length, 0, null, 0) < 0)
            {
                int errno = Marshal.GetLastPInvokeError();
                if (errno != Errno.EINTR)
                {
                    return errno;
                }
            }
        }

        return 0;
    }

    public ReceiveStatus Peek(out int length)
    {
        byte nothing;
        return Receive(new Span<byte>(&nothing, 0), MSG_PEEK | MSG_TRUNC, out length, out _);
    }

    public ReceiveStatus Receive(Span<byte> buffer, out int length, out uint sender) =>
        Receive(buffer, MSG_TRUNC, out length, out sender);

    public void Dispose() => _descriptor.Dispose();

    private ReceiveStatus Receive(Span<byte> buffer, int flags, out int length, out uint sender)
    {
        sockaddr_nl address = default;
        uint addressLength = (uint)sizeof(sockaddr_nl);
        nint received;
        fixed (byte* start = buffer)
        {
            // A socket with a time limit is never restarted after a signal (signal(7)), so that is done here.
            while ((received = Libc.recvfrom(_descriptor.Descriptor, start, (nuint)buffer.Length, flags, &address, &addressLength)) < 0)
            {
                int errno = Marshal.GetLastPInvokeError();
                if (errno != Errno.EINTR)
                {
                    length = 0;
                    sender = 0;
                    return new ReceiveStatus(errno);
                }
            }
        }

        length = (int)received;
        sender = address.nl_pid;
        return ReceiveStatus.Success;
    }

    private void Configure(string name)
    {
        int descriptor = _descriptor.Descriptor;
        // Best effort: a kernel without these answers in the older form, which is understood as well.
        SetOption(descriptor, NETLINK_EXT_ACK);
        SetOption(descriptor, NETLINK_CAP_ACK);
        SetOption(descriptor, NETLINK_GET_STRICT_CHK);

        var limit = new timeval { tv_sec = DefaultTimeoutSeconds };
        sockaddr_nl address = new() { nl_family = AF_NETLINK };
        uint length = (uint)sizeof(sockaddr_nl);
        if (Libc.setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, (uint)sizeof(timeval)) < 0
            || Libc.bind(descriptor, &address, length) < 0
            || Libc.getsockname(descriptor, &address, &length) < 0)
        {
            throw new NetlinkException(Marshal.GetLastPInvokeError(), "set up netlink socket", name, null);
        }

        PortId = address.nl_pid;
    }

    private static void SetOption(int descriptor, int option)
    {
        int on = 1;
        _ = Libc.setsockopt(descriptor, SOL_NETLINK, option, &on, sizeof(int));
    }
}
