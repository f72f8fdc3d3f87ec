namespace Flatnet.Interop;

/// <summary>Attributes of a veth pair.</summary>
[CHeader("linux/veth.h")]
internal static class VethConstants
{
    internal const ushort VETH_INFO_PEER = 1;
}
