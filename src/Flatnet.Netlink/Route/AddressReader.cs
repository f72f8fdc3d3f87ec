using System.Net;
using Flatnet.Interop;
using Flatnet.Netlink.Transport;
using static Flatnet.Interop.InterfaceAddressConstants;
using static Flatnet.Interop.RouteConstants;
using static Flatnet.Interop.SocketConstants;

namespace Flatnet.Netlink.Route;

/// <summary>RTM_NEWADDR: <c>struct ifaddrmsg</c>, then IFA_* attributes.</summary>
internal static class AddressReader
{
    internal static void Read(ushort type, ReadOnlySpan<byte> body, List<AddressInfo> into)
    {
        if (type != RTM_NEWADDR)
        {
            return;
        }

        AttributeReader attributes = AttributeReader.After(body, out ifaddrmsg head);
        if (head.ifa_family is not (AF_INET or AF_INET6))
        {
            return;
        }

        IPAddress? local = null;
        IPAddress? address = null;
        uint flags = head.ifa_flags;
        while (attributes.MoveNext())
        {
            switch (attributes.Type)
            {
                case IFA_LOCAL:
                    local = AddressValue.Read(attributes.Value, head.ifa_family);
                    break;
                case IFA_ADDRESS:
                    address = AddressValue.Read(attributes.Value, head.ifa_family);
                    break;
                case IFA_FLAGS:
                    flags = attributes.UInt32();
                    break;
                default:
                    break;
            }
        }

        into.Add(new AddressInfo
        {
            LinkIndex = (int)head.ifa_index,
            // On point-to-point links IFA_ADDRESS is the other side; IFA_LOCAL, where present, is always our own.
            Address = local ?? address ?? throw new MalformedMessageException("an interface address has no address"),
            PrefixLength = AddressValue.RequirePrefix(head.ifa_prefixlen, head.ifa_family),
            Scope = head.ifa_scope,
            Flags = flags,
        });
    }
}
