using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Flatnet.Interop;
using Flatnet.Netlink.Transport;
using static Flatnet.Interop.RouteConstants;
using static Flatnet.Interop.SocketConstants;

namespace Flatnet.Netlink.Route;

/// <summary>RTM_NEWROUTE: <c>struct rtmsg</c>, then RTA_* attributes.</summary>
internal static class RouteReader
{
    internal static void Read(ushort type, ReadOnlySpan<byte> body, List<RouteInfo> into)
    {
        if (type != RTM_NEWROUTE)
        {
            return;
        }

        AttributeReader attributes = AttributeReader.After(body, out rtmsg head);
        if (head.rtm_family is not (AF_INET or AF_INET6))
        {
            return;
        }

        IPAddress? destination = null;
        Hop hop = default;
        uint priority = 0;
        uint table = head.rtm_table;
        int? mtu = null;
        int? advMss = null;
        while (attributes.MoveNext())
        {
            switch (attributes.Type)
            {
                case RTA_DST:
                    destination = AddressValue.Read(attributes.Value, head.rtm_family);
                    break;
                case RTA_PRIORITY:
                    priority = attributes.UInt32();
                    break;
                case RTA_TABLE:
                    table = attributes.UInt32();
                    break;
                case RTA_METRICS:
                    ReadMetrics(attributes.Nested(), ref mtu, ref advMss);
                    break;
                case RTA_MULTIPATH:
                    ReadFirstHop(attributes.Value, head.rtm_family, ref hop);
                    break;
                default:
                    ReadHop(attributes, head.rtm_family, ref hop);
                    break;
            }
        }

        into.Add(new RouteInfo
        {
            Destination = head.rtm_dst_len == 0 ? null : destination ?? throw new MalformedMessageException("a route has no destination"),
            PrefixLength = AddressValue.RequirePrefix(head.rtm_dst_len, head.rtm_family),
            Gateway = hop.Gateway,
            LinkIndex = hop.LinkIndex,
            Priority = priority,
            Table = table,
            Scope = head.rtm_scope,
            Mtu = mtu,
            AdvMss = advMss,
            Protocol = head.rtm_protocol,
            Type = head.rtm_type,
        });
    }

    private static void ReadHop(in AttributeReader attribute, int family, ref Hop hop)
    {
        switch (attribute.Type)
        {
            case RTA_OIF:
                hop.LinkIndex = attribute.Int32();
                break;
            case RTA_GATEWAY:
                hop.Gateway = AddressValue.Read(attribute.Value, family);
                break;
            case RTA_VIA:
                hop.Gateway = ReadVia(attribute.Value);
                break;
            default:
                break;
        }
    }

    /// <summary>RTA_VIA, <c>struct rtvia</c>: the family (16 bits), then an address of it. Null for families unknown here.</summary>
    private static IPAddress? ReadVia(ReadOnlySpan<byte> value)
    {
        if (!MemoryMarshal.TryRead(value, out ushort family))
        {
            throw new MalformedMessageException("a next hop has no family");
        }

        return family is AF_INET or AF_INET6 ? AddressValue.Read(value[sizeof(ushort)..], family) : null;
    }

    /// <summary>RTA_MULTIPATH: several times <c>struct rtnexthop</c> and attributes.</summary>
    private static void ReadFirstHop(ReadOnlySpan<byte> value, int family, ref Hop hop)
    {
        int headerSize = Unsafe.SizeOf<rtnexthop>();
        if (!MemoryMarshal.TryRead(value, out rtnexthop first) || first.rtnh_len < headerSize || first.rtnh_len > value.Length)
        {
            throw new MalformedMessageException("a next hop's length does not fit its route");
        }

        hop.LinkIndex = first.rtnh_ifindex;
        var attributes = new AttributeReader(value[headerSize..first.rtnh_len]);
        while (attributes.MoveNext())
        {
            ReadHop(attributes, family, ref hop);
        }
    }

    private static void ReadMetrics(AttributeReader metrics, ref int? mtu, ref int? advMss)
    {
        while (metrics.MoveNext())
        {
            if (metrics.Type == RTAX_MTU)
            {
                mtu = metrics.Int32();
            }
            else if (metrics.Type == RTAX_ADVMSS)
            {
                advMss = metrics.Int32();
            }
        }
    }

    private struct Hop
    {
        internal IPAddress? Gateway;
        internal int LinkIndex;
    }
}
