namespace Flatnet.Interop;

/// <summary>Numbers of the per-interface IPv4 settings inside IFLA_INET_CONF.</summary>
[CHeader("linux/ip.h")]
internal static class IpConstants
{
    internal const ushort IPV4_DEVCONF_ARP_NOTIFY = 22;
}
