namespace Flatnet.Interop;

/// <summary>Messages, route attributes and extension flags of rtnetlink.</summary>
[CHeader("linux/rtnetlink.h")]
internal static class RouteConstants
{
    internal const ushort RTM_NEWLINK = 16;
    internal const ushort RTM_DELLINK = 17;
    internal const ushort RTM_GETLINK = 18;
    internal const ushort RTM_SETLINK = 19;
    internal const ushort RTM_NEWADDR = 20;
    internal const ushort RTM_DELADDR = 21;
    internal const ushort RTM_GETADDR = 22;
    internal const ushort RTM_NEWROUTE = 24;
    internal const ushort RTM_GETROUTE = 26;

    internal const ushort RTA_DST = 1;
    internal const ushort RTA_OIF = 4;
    internal const ushort RTA_GATEWAY = 5;
    internal const ushort RTA_PRIORITY = 6;
    internal const ushort RTA_METRICS = 8;
    internal const ushort RTA_MULTIPATH = 9;
    internal const ushort RTA_TABLE = 15;
    internal const ushort RTA_VIA = 18;

    internal const ushort RTAX_MTU = 2;
    internal const ushort RTAX_ADVMSS = 8;

    internal const byte RT_TABLE_UNSPEC = 0;
    internal const byte RT_TABLE_COMPAT = 252;
    internal const byte RT_TABLE_MAIN = 254;
    internal const byte RT_TABLE_LOCAL = 255;
    internal const byte RTPROT_BOOT = 3;
    internal const byte RT_SCOPE_UNIVERSE = 0;
    internal const byte RT_SCOPE_LINK = 253;
    internal const byte RT_SCOPE_HOST = 254;
    internal const byte RTN_UNICAST = 1;

    internal const uint RTEXT_FILTER_BRVLAN_COMPRESSED = 4;
    internal const uint RTEXT_FILTER_SKIP_STATS = 8;
}
