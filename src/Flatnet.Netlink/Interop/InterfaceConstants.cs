namespace Flatnet.Interop;

/// <summary>Flags, states and limits of network interfaces.</summary>
[CHeader("linux/if.h")]
internal static class InterfaceConstants
{
    internal const uint IFF_UP = 0x1;
    internal const uint IFF_PROMISC = 0x100;
    internal const uint IFF_LOWER_UP = 0x10000;
    internal const int IF_OPER_UNKNOWN = 0;
    internal const int IF_OPER_NOTPRESENT = 1;
    internal const int IF_OPER_DOWN = 2;
    internal const int IF_OPER_LOWERLAYERDOWN = 3;
    internal const int IF_OPER_UP = 6;
    internal const int IFNAMSIZ = 16;
    internal const int IFALIASZ = 256;
}
