namespace Flatnet.Netlink.Transport;

/// <summary>Bytes to the kernel and back: the seam at which tests put their own answers.</summary>
internal interface INetlinkChannel : IDisposable
{
    /// <summary>The number the kernel gave to this socket; every answer carries it.</summary>
    public uint PortId { get; }

    /// <summary>Sends one datagram. Returns 0 or the error number.</summary>
    public int Send(ReadOnlySpan<byte> datagram);

    /// <summary>Length of the next datagram, which stays in the queue; waits for it.</summary>
    public ReceiveStatus Peek(out int length);

    /// <summary>Takes the next datagram. <paramref name="length"/> is its full length even if it did not fit.</summary>
    public ReceiveStatus Receive(Span<byte> buffer, out int length, out uint sender);
}
