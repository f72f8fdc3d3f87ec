using Flatnet.Interop;
using Flatnet.Netlink.Transport;
using static Flatnet.Interop.InterfaceConstants;
using static Flatnet.Interop.LinkConstants;
using static Flatnet.Interop.RouteConstants;

namespace Flatnet.Netlink.Route;

/// <summary>RTM_NEWLINK: <c>struct ifinfomsg</c>, then IFLA_* attributes.</summary>
internal static class LinkReader
{
    internal static void Read(ushort type, ReadOnlySpan<byte> body, List<LinkInfo> into)
    {
        if (type != RTM_NEWLINK)
        {
            return;
        }

        AttributeReader attributes = AttributeReader.After(body, out ifinfomsg head);
        string? name = null;
        string? alias = null;
        MacAddress? mac = null;
        uint mtu = 0;
        uint promiscuity = 0;
        uint group = 0;
        int master = 0;
        int peer = 0;
        int? peerNamespace = null;
        byte state = 0;
        Driver driver = default;
        while (attributes.MoveNext())
        {
            switch (attributes.Type)
            {
                case IFLA_IFNAME:
                    name = attributes.Text();
                    break;
                case IFLA_ADDRESS:
                    mac = attributes.Value.Length == MacAddress.Length ? MacAddress.FromBytes(attributes.Value) : null;
                    break;
                case IFLA_MTU:
                    mtu = attributes.UInt32();
                    break;
                case IFLA_LINK:
                    peer = attributes.Int32();
                    break;
                case IFLA_LINK_NETNSID:
                    peerNamespace = attributes.Int32();
                    break;
                case IFLA_MASTER:
                    master = attributes.Int32();
                    break;
                case IFLA_OPERSTATE:
                    state = attributes.Byte();
                    break;
                case IFLA_PROMISCUITY:
                    promiscuity = attributes.UInt32();
                    break;
                case IFLA_GROUP:
                    group = attributes.UInt32();
                    break;
                case IFLA_IFALIAS:
                    alias = attributes.Text();
                    break;
                case IFLA_LINKINFO:
                    driver = ReadDriver(attributes.Nested());
                    break;
                default:
                    break;
            }
        }

        into.Add(new LinkInfo
        {
            Index = head.ifi_index,
            Name = name ?? throw new MalformedMessageException("a link has no name"),
            Kind = driver.Kind,
            Mac = mac,
            Mtu = (int)Math.Min(mtu, int.MaxValue),
            IsUp = (head.ifi_flags & IFF_UP) != 0,
            IsLowerUp = (head.ifi_flags & IFF_LOWER_UP) != 0,
            OperState = state,
            MasterIndex = master,
            PeerIndex = peer,
            PeerNamespaceId = peerNamespace,
            Promiscuity = (int)Math.Min(promiscuity, int.MaxValue),
            Promiscuous = (head.ifi_flags & IFF_PROMISC) != 0,
            Group = group,
            Alias = alias,
            Hairpin = driver.Hairpin,
            Isolated = driver.Isolated,
            VlanFiltering = driver.VlanFiltering,
        });
    }

    /// <summary>IFLA_LINKINFO: the driver's name and data, and the same of the master it is a port of. The data's meaning
    /// depends on the name, which the kernel puts first but need not.</summary>
    private static Driver ReadDriver(AttributeReader attributes)
    {
        Driver driver = default;
        bool isBridgePort = false;
        ReadOnlySpan<byte> data = default;
        ReadOnlySpan<byte> portData = default;
        while (attributes.MoveNext())
        {
            switch (attributes.Type)
            {
                case IFLA_INFO_KIND:
                    driver.Kind = attributes.Text();
                    break;
                case IFLA_INFO_DATA:
                    data = attributes.Value;
                    break;
                case IFLA_INFO_SLAVE_KIND:
                    isBridgePort = attributes.Text() == "bridge";
                    break;
                case IFLA_INFO_SLAVE_DATA:
                    portData = attributes.Value;
                    break;
                default:
                    break;
            }
        }

        if (driver.Kind == "bridge")
        {
            driver.VlanFiltering = ReadFlag(data, IFLA_BR_VLAN_FILTERING);
        }

        if (isBridgePort)
        {
            driver.Hairpin = ReadFlag(portData, IFLA_BRPORT_MODE);
            driver.Isolated = ReadFlag(portData, IFLA_BRPORT_ISOLATED);
        }

        return driver;
    }

    private static bool? ReadFlag(ReadOnlySpan<byte> data, ushort type)
    {
        var attributes = new AttributeReader(data);
        while (attributes.MoveNext())
        {
            if (attributes.Type == type)
            {
                return attributes.Byte() != 0;
            }
        }

        return null;
    }

    private struct Driver
    {
        internal string? Kind;
        internal bool? Hairpin;
        internal bool? Isolated;
        internal bool? VlanFiltering;
    }
}
