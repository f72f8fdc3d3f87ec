using Flatnet.Interop;
using static Flatnet.Interop.NetlinkConstants;

namespace Flatnet.Netlink.Transport;

/// <summary>
/// Requests and their answers over one channel. Nothing the other side sends is believed: sender, port and sequence number
/// are compared, lengths bounded, multipart answers read to their end, and every wait is limited.
/// </summary>
internal sealed class NetlinkConnection(INetlinkChannel channel) : IDisposable
{
    /// <summary>How often a dump is repeated when the kernel says that its tables changed under it.</summary>
    internal const int DumpAttempts = 5;

    /// <summary>Largest datagram accepted (arbitrary; the kernel's own dumps stay below 64 KiB).</summary>
    internal const int MaximumDatagram = 1 << 24;

    /// <summary>Requests sent in one datagram, so that their acknowledgements fit the socket's default receive buffer.</summary>
    internal const int BatchWindow = 64;

    // How many datagrams that are not for the current request are passed over before giving up (arbitrary).
    private const int MaximumStrays = 1024;

    // The longest table read to its end (arbitrary; four times the routes of the whole Internet).
    private const int MaximumParts = 1 << 22;

    // Room for what a link is told in; longer answers make it grow.
    private byte[] _buffer = new byte[2048];
    private uint _sequence;

    public void Dispose() => channel.Dispose();

    /// <summary>Asks for one object. Null when the kernel answers with <paramref name="absent"/>.</summary>
    internal T? Query<T>(MessageWriter request, string operation, string target, int absent, AnswerParser<T> parser)
        where T : class
    {
        var found = new List<T>(1);
        Acknowledgement verdict = Ask(request, operation, target, parser, found, out _);
        if (verdict.Errno != 0 && verdict.Errno != absent)
        {
            throw new NetlinkException(verdict.Errno, operation, target, verdict.Message);
        }

        return found.Count > 0 && verdict.Errno == 0 ? found[0] : null;
    }

    /// <summary>Asks for a table, again when it changed meanwhile. Empty when the kernel answers with <paramref name="absent"/>.</summary>
    internal List<T> Dump<T>(MessageWriter request, string operation, string target, int absent, AnswerParser<T> parser)
    {
        var found = new List<T>();
        for (int attempt = 0; attempt < DumpAttempts; attempt++)
        {
            found.Clear();
            Acknowledgement verdict = Ask(request, operation, target, parser, found, out bool interrupted);
            if (verdict.Errno != 0)
            {
                return verdict.Errno == absent ? [] : throw new NetlinkException(verdict.Errno, operation, target, verdict.Message);
            }

            if (!interrupted)
            {
                return found;
            }
        }

        throw NetlinkException.Unusable(operation, target, "the kernel's table kept changing while it was read; try again");
    }

    /// <summary>
    /// Reads a table only until an entry satisfies <paramref name="isEnough"/>, and says whether one did. If so the rest of the
    /// answer is still to come, so the connection is good for nothing else afterwards.
    /// </summary>
    internal bool Any<T>(MessageWriter request, string operation, string target, int absent, AnswerParser<T> parser, Predicate<T> isEnough)
    {
        for (int attempt = 0; attempt < DumpAttempts; attempt++)
        {
            var found = new List<T>();
            Acknowledgement verdict = Ask(request, operation, target, parser, found, out bool interrupted, isEnough);
            if (verdict.Errno != 0)
            {
                return verdict.Errno == absent ? false : throw new NetlinkException(verdict.Errno, operation, target, verdict.Message);
            }

            if (found.Exists(isEnough))
            {
                return true;
            }

            if (!interrupted)
            {
                return false;
            }
        }

        throw NetlinkException.Unusable(operation, target, "the kernel's table kept changing while it was read; try again");
    }

    /// <summary>Sends the requests in order, in one datagram as long as there are no more than <see cref="BatchWindow"/>, and
    /// waits for every acknowledgement. The kernel goes on after a refusal; the first one is thrown at the end.</summary>
    internal void Execute(MessageWriter messages, List<Request> requests)
    {
        NetlinkException? first = null;
        for (int index = 0; index < requests.Count; index += BatchWindow)
        {
            int count = Math.Min(BatchWindow, requests.Count - index);
            int start = requests[index].Start;
            int end = index + count < requests.Count ? requests[index + count].Start : messages.Written.Length;
            uint sequence = Reserve(count);
            for (int offset = 0; offset < count; offset++)
            {
                messages.SetSequence(requests[index + offset].Start, sequence + (uint)offset);
            }

            Send(messages.Written[start..end], requests[index].Operation, requests[index].Target);
            first = ReadAcknowledgements(requests, index, count, sequence) ?? first;
            if (first is not null)
            {
                throw first;
            }
        }
    }

    /// <summary>
    /// Sends an nf_tables transaction: all requests between a begin and an end mark, in one datagram. Done or refused as a
    /// whole; a refusal of the whole is reported for the begin mark.
    /// </summary>
    internal void ExecuteTransaction(MessageWriter messages, List<Request> requests, Request begin, Request end)
    {
        uint sequence = Reserve(requests.Count + 2);
        messages.SetSequence(begin.Start, sequence);
        for (int index = 0; index < requests.Count; index++)
        {
            messages.SetSequence(requests[index].Start, sequence + 1 + (uint)index);
        }

        messages.SetSequence(end.Start, sequence + 1 + (uint)requests.Count);
        Send(messages.Written, begin.Operation, begin.Target);
        var all = new List<Request>(requests.Count + 1) { begin };
        all.AddRange(requests);
        NetlinkException? refusal = ReadAcknowledgements(all, 0, all.Count, sequence, alreadyDone: 1);
        if (refusal is not null)
        {
            throw refusal.Is(Errno.ERESTART)
                ? new NetlinkException(Errno.ERESTART, refusal.Operation, refusal.Target, "somebody else changed it meanwhile; read it again")
                : refusal;
        }
    }

    private uint Reserve(int count)
    {
        uint first = _sequence + 1;
        _sequence += (uint)count;
        return first;
    }

    private void Send(ReadOnlySpan<byte> datagram, string operation, string target)
    {
        int errno = channel.Send(datagram);
        if (errno != 0)
        {
            throw new NetlinkException(errno, operation, target, "the request could not be sent");
        }
    }

    private NetlinkException? ReadAcknowledgements(List<Request> requests, int index, int count, uint sequence, int alreadyDone = 0)
    {
        NetlinkException? first = null;
        Span<bool> done = stackalloc bool[BatchWindow + 1];
        done = count <= done.Length ? done[..count] : new bool[count];
        done.Clear();
        done[..alreadyDone].Fill(true);
        int remaining = count - alreadyDone;
        Request current = requests[index];
        var strays = new StrayCounter(MaximumStrays, current);
        try
        {
            while (remaining > 0)
            {
                var messages = new MessageReader(Receive(current, ref strays));
                while (messages.MoveNext())
                {
                    if (!IsMine(messages.Header, sequence, count, ref strays, out int position))
                    {
                        continue;
                    }

                    current = requests[index + position];
                    if (messages.Header.nlmsg_type != NLMSG_ERROR)
                    {
                        strays.Add();
                        continue;
                    }

                    Acknowledgement verdict = Acknowledgement.ReadError(messages.Header, messages.Body);
                    if (verdict.Errno != 0 && verdict.Errno != current.Tolerated)
                    {
                        first ??= new NetlinkException(verdict.Errno, current.Operation, current.Target, verdict.Message);
                        // A transaction refused as a whole: acknowledgements may follow or not, and none matters.
                        if (position < alreadyDone)
                        {
                            return first;
                        }
                    }

                    if (!done[position])
                    {
                        done[position] = true;
                        remaining--;
                    }
                    else if (position < alreadyDone)
                    {
                        strays.Add();
                    }
                    else
                    {
                        throw new MalformedMessageException("a request was acknowledged twice");
                    }
                }
            }
        }
        catch (MalformedMessageException problem)
        {
            return first ?? Malformed(current, problem);
        }

        return first;
    }

    private Acknowledgement Ask<T>(
        MessageWriter request, string operation, string target, AnswerParser<T> parser, List<T> found, out bool interrupted, Predicate<T>? isEnough = null)
    {
        uint sequence = Reserve(1);
        request.SetSequence(0, sequence);
        Send(request.Written, operation, target);
        var current = new Request(0, operation, target, 0);
        var strays = new StrayCounter(MaximumStrays, current);
        int parts = 0;
        interrupted = false;
        try
        {
            while (true)
            {
                var messages = new MessageReader(Receive(current, ref strays));
                while (messages.MoveNext())
                {
                    nlmsghdr header = messages.Header;
                    if (!IsMine(header, sequence, 1, ref strays, out _))
                    {
                        continue;
                    }

                    interrupted |= (header.nlmsg_flags & NLM_F_DUMP_INTR) != 0;
                    switch (header.nlmsg_type)
                    {
                        case NLMSG_ERROR:
                            return Acknowledgement.ReadError(header, messages.Body);
                        case NLMSG_DONE:
                            return Acknowledgement.ReadDone(header, messages.Body);
                        case NLMSG_NOOP:
                            strays.Add();
                            break;
                        case NLMSG_OVERRUN:
                            throw new MalformedMessageException("the kernel lost data");
                        default:
                            if (++parts > MaximumParts)
                            {
                                throw new MalformedMessageException("the table does not end");
                            }

                            parser(header.nlmsg_type, messages.Body, found);
                            if ((header.nlmsg_flags & NLM_F_MULTI) == 0 || (isEnough is not null && found.Count > 0 && isEnough(found[^1])))
                            {
                                return default;
                            }

                            break;
                    }
                }
            }
        }
        catch (MalformedMessageException problem)
        {
            throw Malformed(current, problem);
        }
    }

    /// <summary>Compares port and sequence number. Older numbers are left-overs of a request given up earlier and passed over.</summary>
    private bool IsMine(in nlmsghdr header, uint sequence, int count, ref StrayCounter strays, out int position)
    {
        if (header.nlmsg_pid != channel.PortId)
        {
            throw new MalformedMessageException("an answer is addressed to another port");
        }

        uint distance = header.nlmsg_seq - sequence;
        position = (int)distance;
        if (distance < (uint)count)
        {
            return true;
        }

        if ((int)distance >= 0)
        {
            throw new MalformedMessageException("an answer carries a sequence number that was never sent");
        }

        strays.Add();
        return false;
    }

    private ReadOnlySpan<byte> Receive(in Request current, ref StrayCounter strays)
    {
        while (true)
        {
            Check(channel.Peek(out int expected), current);
            if (expected > MaximumDatagram)
            {
                throw new MalformedMessageException("a datagram is larger than any answer can be");
            }

            if (expected > _buffer.Length)
            {
                _buffer = new byte[expected];
            }

            Check(channel.Receive(_buffer, out int length, out uint sender), current);
            if (sender != 0)
            {
                // Any process may send to a netlink socket; only the kernel is port 0.
                strays.Add();
                continue;
            }

            if (length > _buffer.Length)
            {
                throw new MalformedMessageException("an answer was truncated");
            }

            if (length == 0)
            {
                strays.Add();
                continue;
            }

            return _buffer.AsSpan(0, length);
        }
    }

    private static void Check(ReceiveStatus status, in Request current)
    {
        if (status.IsTimeout)
        {
            throw NetlinkException.Unusable(current.Operation, current.Target, "no answer from the kernel within the time limit");
        }

        if (!status.IsSuccess)
        {
            throw new NetlinkException(status.Errno, current.Operation, current.Target, "the answer could not be received");
        }
    }

    private static NetlinkException Malformed(in Request current, MalformedMessageException problem) =>
        NetlinkException.Unusable(current.Operation, current.Target, "unusable answer: " + problem.Message);
}
