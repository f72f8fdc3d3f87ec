using System.Runtime.InteropServices;
using Flatnet.Interop;
using Flatnet.Netlink.Transport;
using static Flatnet.Interop.BridgeConstants;
using static Flatnet.Interop.LinkConstants;
using static Flatnet.Interop.RouteConstants;

namespace Flatnet.Netlink.Route;

/// <summary>RTM_NEWLINK of the family AF_BRIDGE: <c>struct ifinfomsg</c>, IFLA_AF_SPEC holding <c>struct bridge_vlan_info</c>
/// entries, of which two make a range.</summary>
internal static class BridgeVlanReader
{
    private const int MaximumId = 4095;

    internal static void Read(ushort type, ReadOnlySpan<byte> body, int portIndex, List<BridgeVlan> into)
    {
        if (type != RTM_NEWLINK)
        {
            return;
        }

        AttributeReader attributes = AttributeReader.After(body, out ifinfomsg head);
        if (head.ifi_index != portIndex)
        {
            return;
        }

        while (attributes.MoveNext())
        {
            if (attributes.Type == IFLA_AF_SPEC)
            {
                ReadVlans(attributes.Nested(), into);
            }
        }
    }

    private static void ReadVlans(AttributeReader attributes, List<BridgeVlan> into)
    {
        int first = -1;
        while (attributes.MoveNext())
        {
            if (attributes.Type != IFLA_BRIDGE_VLAN_INFO)
            {
                continue;
            }

            if (!MemoryMarshal.TryRead(attributes.Value, out bridge_vlan_info vlan) || vlan.vid > MaximumId)
            {
                throw new MalformedMessageException("a VLAN entry is too short or its number too large");
            }

            if ((vlan.flags & BRIDGE_VLAN_INFO_RANGE_BEGIN) != 0)
            {
                first = vlan.vid;
                continue;
            }

            bool endsRange = (vlan.flags & BRIDGE_VLAN_INFO_RANGE_END) != 0;
            if (endsRange && (first < 0 || first > vlan.vid))
            {
                throw new MalformedMessageException("a VLAN range has no beginning");
            }

            for (int id = endsRange ? first : vlan.vid; id <= vlan.vid; id++)
            {
                into.Add(new BridgeVlan(
                    (ushort)id, (vlan.flags & BRIDGE_VLAN_INFO_PVID) != 0, (vlan.flags & BRIDGE_VLAN_INFO_UNTAGGED) != 0));
            }

            first = -1;
            if (into.Count > MaximumId)
            {
                throw new MalformedMessageException("a port has more VLANs than there are");
            }
        }
    }
}
