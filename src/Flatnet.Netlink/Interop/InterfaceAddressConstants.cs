namespace Flatnet.Interop;

/// <summary>Attributes and flags of interface addresses.</summary>
[CHeader("linux/if_addr.h")]
internal static class InterfaceAddressConstants
{
    internal const ushort IFA_ADDRESS = 1;
    internal const ushort IFA_LOCAL = 2;
    internal const ushort IFA_BROADCAST = 4;
    internal const ushort IFA_FLAGS = 8;
    internal const uint IFA_F_NODAD = 0x02;
    internal const uint IFA_F_DADFAILED = 0x08;
    internal const uint IFA_F_TENTATIVE = 0x40;
}
