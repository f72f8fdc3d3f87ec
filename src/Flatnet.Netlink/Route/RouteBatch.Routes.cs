using System.Net;
using Flatnet.Interop;
using Flatnet.Netlink.Route;
using static Flatnet.Interop.NetlinkConstants;
using static Flatnet.Interop.RouteConstants;

namespace Flatnet.Netlink;

// RTM_NEWROUTE: struct rtmsg, then RTA_* attributes.
public sealed partial class RouteBatch
{
    /// <summary>
    /// Adds a route: EEXIST when the very same is there; one to the same destination through another gateway is put in front of
    /// it (IPv4) or shares the traffic with it (IPv6).
    /// </summary>
    /// <param name="spec">The route.</param>
    /// <param name="tolerateExisting">It is fine when the route is there already.</param>
    /// <exception cref="ArgumentException">The prefix is longer than the address, or the gateway is of the other family.</exception>
    public RouteBatch AddRoute(RouteSpec spec, bool tolerateExisting = false)
    {
        ArgumentNullException.ThrowIfNull(spec);
        byte family = AddressValue.Family(spec.Destination);
        byte prefix = AddressValue.CheckedPrefix(spec.Destination, spec.PrefixLength);
        if (spec.Gateway is not null && AddressValue.Family(spec.Gateway) != family)
        {
            throw new ArgumentException("the gateway " + spec.Gateway + " is not of the destination's family", nameof(spec));
        }

        uint table = spec.Table ?? RT_TABLE_MAIN;
        byte defaultScope = spec.Gateway is null && family == SocketConstants.AF_INET ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
        Messages.Begin(RTM_NEWROUTE, Command | NLM_F_CREATE, new rtmsg
        {
            rtm_family = family,
            rtm_dst_len = prefix,
            rtm_table = table <= byte.MaxValue ? (byte)table : RT_TABLE_UNSPEC,
            rtm_protocol = RTPROT_BOOT,
            rtm_scope = spec.Scope ?? defaultScope,
            rtm_type = RTN_UNICAST,
        });
        if (prefix > 0)
        {
            AddressValue.Put(Messages, RTA_DST, spec.Destination);
        }

        if (spec.Gateway is not null)
        {
            AddressValue.Put(Messages, RTA_GATEWAY, spec.Gateway);
        }

        if (spec.LinkIndex != 0)
        {
            Messages.PutUInt32(RTA_OIF, (uint)spec.LinkIndex);
        }

        if (spec.Priority is uint priority)
        {
            Messages.PutUInt32(RTA_PRIORITY, priority);
        }

        if (table > byte.MaxValue)
        {
            Messages.PutUInt32(RTA_TABLE, table);
        }

        PutMetrics(spec);
        return End("add route", Describe(spec), tolerateExisting ? KernelError.EEXIST : 0);
    }

    private void PutMetrics(RouteSpec spec)
    {
        if (spec.Mtu is null && spec.AdvMss is null)
        {
            return;
        }

        int metrics = Messages.BeginNested(RTA_METRICS);
        if (spec.Mtu is int mtu)
        {
            Messages.PutUInt32(RTAX_MTU, (uint)mtu);
        }

        if (spec.AdvMss is int advMss)
        {
            Messages.PutUInt32(RTAX_ADVMSS, (uint)advMss);
        }

        Messages.EndNested(metrics);
    }

    private static string Describe(RouteSpec spec)
    {
        string target = string.Create(null, $"{spec.Destination}/{spec.PrefixLength}");
        IPAddress? gateway = spec.Gateway;
        return gateway is null ? target : target + " via " + gateway;
    }
}
