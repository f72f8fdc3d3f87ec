using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Flatnet.Interop;

namespace Flatnet.Netlink.Transport;

/// <summary>Walks the messages of one datagram: <c>struct nlmsghdr</c>, body, padding to four bytes.</summary>
internal ref struct MessageReader(ReadOnlySpan<byte> datagram)
{
    private ReadOnlySpan<byte> _rest = datagram;

    /// <summary>Head of the current message.</summary>
    internal nlmsghdr Header { get; private set; }

    /// <summary>What follows the head.</summary>
    internal ReadOnlySpan<byte> Body { get; private set; }

    /// <summary>Goes to the next message; false at the end.</summary>
    /// <exception cref="MalformedMessageException">A length reaches beyond the datagram, or is too small.</exception>
    internal bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        int headerSize = Unsafe.SizeOf<nlmsghdr>();
        if (!MemoryMarshal.TryRead(_rest, out nlmsghdr header))
        {
            throw new MalformedMessageException("a message ends inside its head");
        }

        if (header.nlmsg_len < headerSize || header.nlmsg_len > _rest.Length)
        {
            throw new MalformedMessageException("a message's length does not fit the datagram");
        }

        Header = header;
        int length = (int)header.nlmsg_len;
        Body = _rest[headerSize..length];
        _rest = _rest[Math.Min(Alignment.Align(length), _rest.Length)..];
        return true;
    }
}
