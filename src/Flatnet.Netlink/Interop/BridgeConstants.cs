namespace Flatnet.Interop;

/// <summary>Attributes and flags of AF_BRIDGE messages.</summary>
[CHeader("linux/if_bridge.h")]
internal static class BridgeConstants
{
    internal const ushort IFLA_BRIDGE_FLAGS = 0;
    internal const ushort IFLA_BRIDGE_VLAN_INFO = 2;
    internal const ushort BRIDGE_FLAGS_SELF = 2;
    internal const ushort BRIDGE_VLAN_INFO_PVID = 1 << 1;
    internal const ushort BRIDGE_VLAN_INFO_UNTAGGED = 1 << 2;
    internal const ushort BRIDGE_VLAN_INFO_RANGE_BEGIN = 1 << 3;
    internal const ushort BRIDGE_VLAN_INFO_RANGE_END = 1 << 4;
}
