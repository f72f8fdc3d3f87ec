using Flatnet.Netlink.Transport;

namespace Flatnet.Netlink.Tests;

/// <summary>A kernel made of prepared datagrams. When they run out, the time limit has.</summary>
internal sealed class FakeChannel(uint port, IEnumerable<byte[]> datagrams) : INetlinkChannel
{
    private const int TryAgain = 11;

    private readonly Queue<byte[]> _queue = new(datagrams);

    internal FakeChannel(params byte[][] datagrams)
        : this(Answer.Port, datagrams)
    {
    }

    public uint PortId => port;

    internal List<byte[]> Sent { get; } = [];

    /// <summary>Who the next datagrams come from; 0 is the kernel.</summary>
    internal uint Sender { get; set; }

    /// <summary>Repeats the last datagram for ever.</summary>
    internal bool IsEndless { get; init; }

    /// <summary>How much shorter the announced length is than the real one.</summary>
    internal int UnderstatedBy { get; init; }

    /// <summary>Error number of every send.</summary>
    internal int SendErrno { get; init; }

    /// <summary>How many datagrams were taken.</summary>
    internal int Taken { get; private set; }

    public int Send(ReadOnlySpan<byte> datagram)
    {
        Sent.Add(datagram.ToArray());
        return SendErrno;
    }

    public ReceiveStatus Peek(out int length)
    {
        bool isThere = _queue.TryPeek(out byte[]? next);
        length = isThere ? next!.Length - UnderstatedBy : 0;
        return isThere ? ReceiveStatus.Success : new ReceiveStatus(TryAgain);
    }

    public ReceiveStatus Receive(Span<byte> buffer, out int length, out uint sender)
    {
        sender = Sender;
        length = 0;
        if (!_queue.TryPeek(out byte[]? next))
        {
            return new ReceiveStatus(TryAgain);
        }

        if (!IsEndless || _queue.Count > 1)
        {
            _queue.Dequeue();
        }

        Taken++;
        length = next.Length;
        next.AsSpan(0, Math.Min(length, buffer.Length)).CopyTo(buffer);
        return ReceiveStatus.Success;
    }

    public void Dispose()
    {
    }
}
