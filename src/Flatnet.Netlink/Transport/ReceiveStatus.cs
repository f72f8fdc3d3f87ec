namespace Flatnet.Netlink.Transport;

/// <summary>How a wait for a datagram ended.</summary>
/// <param name="Errno">0, or the error number; EAGAIN when the time limit ran out.</param>
internal readonly record struct ReceiveStatus(int Errno)
{
    internal static ReceiveStatus Success => default;

    internal bool IsSuccess => Errno == 0;

    internal bool IsTimeout => Errno == Interop.Errno.EAGAIN;
}
