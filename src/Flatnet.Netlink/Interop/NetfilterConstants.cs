namespace Flatnet.Interop;

/// <summary>Verdicts and protocol numbers of netfilter.</summary>
[CHeader("linux/netfilter.h")]
internal static class NetfilterConstants
{
    internal const int NF_DROP = 0;
    internal const int NF_ACCEPT = 1;
    internal const byte NFPROTO_INET = 1;
    internal const byte NFPROTO_IPV4 = 2;
    internal const byte NFPROTO_BRIDGE = 7;
    internal const byte NFPROTO_IPV6 = 10;
    internal const int NF_INET_PRE_ROUTING = 0;
    internal const int NF_INET_LOCAL_IN = 1;
    internal const int NF_INET_FORWARD = 2;
    internal const int NF_INET_LOCAL_OUT = 3;
    internal const int NF_INET_POST_ROUTING = 4;
}
