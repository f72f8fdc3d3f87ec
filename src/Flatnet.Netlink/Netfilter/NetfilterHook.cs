using static Flatnet.Interop.NetfilterConstants;

namespace Flatnet.Netlink;

/// <summary>Where on its way a packet meets a chain (NF_INET_*, the same numbers for bridges).</summary>
public static class NetfilterHook
{
    /// <summary>Just arrived.</summary>
    public const int PreRouting = NF_INET_PRE_ROUTING;

    /// <summary>For this host.</summary>
    public const int Input = NF_INET_LOCAL_IN;

    /// <summary>Passing through.</summary>
    public const int Forward = NF_INET_FORWARD;

    /// <summary>From this host.</summary>
    public const int Output = NF_INET_LOCAL_OUT;

    /// <summary>About to leave.</summary>
    public const int PostRouting = NF_INET_POST_ROUTING;
}
