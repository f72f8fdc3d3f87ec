using System.Runtime.InteropServices;

namespace Flatnet.Interop;

/// <summary>Head of the link messages (RTM_*LINK).</summary>
[CHeader("linux/rtnetlink.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct ifinfomsg
{
    internal byte ifi_family;
    internal byte __ifi_pad;
    internal ushort ifi_type;
    internal int ifi_index;
    internal uint ifi_flags;
    internal uint ifi_change;
}

/// <summary>Head of the address messages (RTM_*ADDR).</summary>
[CHeader("linux/if_addr.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct ifaddrmsg
{
    internal byte ifa_family;
    internal byte ifa_prefixlen;
    internal byte ifa_flags;
    internal byte ifa_scope;
    internal uint ifa_index;
}

/// <summary>Head of the route messages (RTM_*ROUTE).</summary>
[CHeader("linux/rtnetlink.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct rtmsg
{
    internal byte rtm_family;
    internal byte rtm_dst_len;
    internal byte rtm_src_len;
    internal byte rtm_tos;
    internal byte rtm_table;
    internal byte rtm_protocol;
    internal byte rtm_scope;
    internal byte rtm_type;
    internal uint rtm_flags;
}

/// <summary>One hop inside RTA_MULTIPATH; its attributes follow, the length counts both.</summary>
[CHeader("linux/rtnetlink.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct rtnexthop
{
    internal ushort rtnh_len;
    internal byte rtnh_flags;
    internal byte rtnh_hops;
    internal int rtnh_ifindex;
}

/// <summary>Value of IFLA_BRIDGE_VLAN_INFO.</summary>
[CHeader("linux/if_bridge.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct bridge_vlan_info
{
    internal ushort flags;
    internal ushort vid;
}
