using Flatnet.Interop;
using static Flatnet.Interop.BridgeConstants;
using static Flatnet.Interop.LinkConstants;
using static Flatnet.Interop.RouteConstants;
using static Flatnet.Interop.SocketConstants;

namespace Flatnet.Netlink;

// RTM_SETLINK, RTM_DELLINK of the family AF_BRIDGE: struct ifinfomsg, IFLA_AF_SPEC { IFLA_BRIDGE_FLAGS, IFLA_BRIDGE_VLAN_INFO … }
public sealed partial class RouteBatch
{
    /// <summary>Admits VLANs on a bridge port.</summary>
    /// <param name="portIndex">The port, or the bridge itself with <paramref name="self"/>.</param>
    /// <param name="first">First VLAN, 1 to 4094.</param>
    /// <param name="last">Last VLAN; the same for just one.</param>
    /// <param name="pvid">Untagged frames that come in belong to it; one VLAN only.</param>
    /// <param name="untagged">Frames that go out lose the tag.</param>
    /// <param name="self">The bridge's own port rather than one of its members.</param>
    /// <exception cref="ArgumentException">The range is none.</exception>
    public RouteBatch AddBridgeVlan(int portIndex, ushort first, ushort last, bool pvid, bool untagged, bool self = false)
    {
        if (pvid && first != last)
        {
            throw new ArgumentException("untagged frames can belong to one VLAN only", nameof(pvid));
        }

        int flags = (pvid ? BRIDGE_VLAN_INFO_PVID : 0) | (untagged ? BRIDGE_VLAN_INFO_UNTAGGED : 0);
        AppendVlans(RTM_SETLINK, portIndex, first, last, (ushort)flags, self);
        return End("add VLAN", DescribeVlans(portIndex, first, last));
    }

    /// <summary>Removes VLANs from a bridge port; those that are not there do not matter.</summary>
    /// <inheritdoc cref="AddBridgeVlan" path="/param"/>
    /// <exception cref="ArgumentException">The range is none.</exception>
    public RouteBatch DeleteBridgeVlan(int portIndex, ushort first, ushort last, bool self = false)
    {
        AppendVlans(RTM_DELLINK, portIndex, first, last, 0, self);
        return End("delete VLAN", DescribeVlans(portIndex, first, last));
    }

    private void AppendVlans(ushort type, int portIndex, ushort first, ushort last, ushort flags, bool self)
    {
        if (first is < 1 or > 4094 || last < first || last > 4094)
        {
            throw new ArgumentException("VLANs are numbered 1 to 4094 and a range ends after it begins", nameof(first));
        }

        Messages.Begin(type, Command, new ifinfomsg { ifi_family = AF_BRIDGE, ifi_index = portIndex });
        int spec = Messages.BeginNested(IFLA_AF_SPEC);
        if (self)
        {
            Messages.PutUInt16(IFLA_BRIDGE_FLAGS, BRIDGE_FLAGS_SELF);
        }

        if (first == last)
        {
            Messages.PutStruct(IFLA_BRIDGE_VLAN_INFO, new bridge_vlan_info { flags = flags, vid = first });
        }
        else
        {
            Messages.PutStruct(IFLA_BRIDGE_VLAN_INFO, new bridge_vlan_info { flags = (ushort)(flags | BRIDGE_VLAN_INFO_RANGE_BEGIN), vid = first });
            Messages.PutStruct(IFLA_BRIDGE_VLAN_INFO, new bridge_vlan_info { flags = (ushort)(flags | BRIDGE_VLAN_INFO_RANGE_END), vid = last });
        }

        Messages.EndNested(spec);
    }

    private static string DescribeVlans(int portIndex, ushort first, ushort last) =>
        first == last ? string.Create(null, $"{first} on port #{portIndex}") : string.Create(null, $"{first}-{last} on port #{portIndex}");
}
