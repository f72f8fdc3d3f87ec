using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Flatnet.Interop;
using static Flatnet.Interop.NetlinkConstants;

namespace Flatnet.Netlink.Transport;

/// <summary>The verdict in NLMSG_ERROR or NLMSG_DONE.</summary>
/// <param name="Errno">0 for success.</param>
/// <param name="Message">The kernel's explanation (NLMSGERR_ATTR_MSG), or null.</param>
internal readonly record struct Acknowledgement(int Errno, string? Message)
{
    /// <summary>
    /// NLMSG_ERROR: <c>struct nlmsgerr</c>; without NLM_F_CAPPED the rest of the request; with NLM_F_ACK_TLVS attributes.
    /// </summary>
    internal static Acknowledgement ReadError(in nlmsghdr header, ReadOnlySpan<byte> body)
    {
        if (!MemoryMarshal.TryRead(body, out nlmsgerr verdict))
        {
            throw new MalformedMessageException("an acknowledgement is too short");
        }

        long attributes = Unsafe.SizeOf<nlmsgerr>();
        if ((header.nlmsg_flags & NLM_F_CAPPED) == 0)
        {
            attributes += Math.Max(0, (long)verdict.msg.nlmsg_len - Unsafe.SizeOf<nlmsghdr>());
        }

        return new Acknowledgement(ErrnoOf(verdict.error), Explanation(header, body, (attributes + 3) & ~3L));
    }

    /// <summary>NLMSG_DONE: an int, negative when the dump failed; with NLM_F_ACK_TLVS attributes.</summary>
    internal static Acknowledgement ReadDone(in nlmsghdr header, ReadOnlySpan<byte> body)
    {
        // Kernels before 4.14 end some dumps without the int.
        if (!MemoryMarshal.TryRead(body, out int error))
        {
            return default;
        }

        return new Acknowledgement(error < 0 ? ErrnoOf(error) : 0, Explanation(header, body, sizeof(int)));
    }

    private static int ErrnoOf(int error)
    {
        if (error is > 0 or int.MinValue)
        {
            throw new MalformedMessageException("an acknowledgement carries a positive error number");
        }

        return -error;
    }

    private static string? Explanation(in nlmsghdr header, ReadOnlySpan<byte> body, long start)
    {
        if ((header.nlmsg_flags & NLM_F_ACK_TLVS) == 0 || start >= body.Length)
        {
            return null;
        }

        var attributes = new AttributeReader(body[(int)start..]);
        while (attributes.MoveNext())
        {
            if (attributes.Type == NLMSGERR_ATTR_MSG)
            {
                return attributes.Text();
            }
        }

        return null;
    }
}
