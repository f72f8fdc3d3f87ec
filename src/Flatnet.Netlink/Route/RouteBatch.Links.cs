using System.Text;
using Flatnet.Interop;
using Flatnet.Netlink.Route;
using static Flatnet.Interop.InterfaceConstants;
using static Flatnet.Interop.IpConstants;
using static Flatnet.Interop.LinkConstants;
using static Flatnet.Interop.NetlinkConstants;
using static Flatnet.Interop.RouteConstants;
using static Flatnet.Interop.SocketConstants;
using static Flatnet.Interop.VethConstants;

namespace Flatnet.Netlink;

// RTM_NEWLINK, RTM_DELLINK: struct ifinfomsg, then IFLA_* attributes.
public sealed partial class RouteBatch
{
    /// <summary>Creates a bridge, down; EEXIST when a link of that name is there.</summary>
    /// <exception cref="ArgumentException">The name is none the kernel takes.</exception>
    public RouteBatch CreateBridge(BridgeSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        LinkName.Require(spec.Name);
        Messages.Begin(RTM_NEWLINK, Command | NLM_F_CREATE | NLM_F_EXCL, default(ifinfomsg));
        PutIdentity(spec.Name, spec.Mtu, spec.Mac);
        int info = Messages.BeginNested(IFLA_LINKINFO);
        Messages.PutText(IFLA_INFO_KIND, "bridge");
        if (spec.VlanFiltering || spec.DefaultPvid is not null)
        {
            int data = Messages.BeginNested(IFLA_INFO_DATA);
            if (spec.VlanFiltering)
            {
                Messages.PutByte(IFLA_BR_VLAN_FILTERING, 1);
            }

            if (spec.DefaultPvid is ushort pvid)
            {
                Messages.PutUInt16(IFLA_BR_VLAN_DEFAULT_PVID, pvid);
            }

            Messages.EndNested(data);
        }

        Messages.EndNested(info);
        return End("create bridge", spec.Name);
    }

    /// <summary>Creates a pair: both names, addresses and the MTU, this end's bridge, the other end's namespace, in one message.</summary>
    /// <exception cref="ArgumentException">A name is none the kernel takes, or the peer is to have a bridge in another namespace.</exception>
    public RouteBatch CreateVeth(VethSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        LinkName.Require(spec.Name);
        LinkName.Require(spec.PeerName);
        if (spec.PeerMasterIndex != 0 && spec.PeerNamespace is not null)
        {
            throw new ArgumentException("a peer in another namespace cannot become a port of a bridge in this one", nameof(spec));
        }

        uint up = spec.Up ? IFF_UP : 0;
        Messages.Begin(RTM_NEWLINK, Command | NLM_F_CREATE | NLM_F_EXCL, new ifinfomsg { ifi_flags = up, ifi_change = up });
        PutIdentity(spec.Name, spec.Mtu, spec.Mac);
        if (spec.MasterIndex != 0)
        {
            Messages.PutUInt32(IFLA_MASTER, (uint)spec.MasterIndex);
        }

        int info = Messages.BeginNested(IFLA_LINKINFO);
        Messages.PutText(IFLA_INFO_KIND, "veth");
        int data = Messages.BeginNested(IFLA_INFO_DATA);
        int peer = Messages.BeginNested(VETH_INFO_PEER);
        Messages.Append(default(ifinfomsg));
        PutIdentity(spec.PeerName, spec.Mtu, spec.PeerMac);
        if (spec.PeerNamespace is NetworkNamespace target)
        {
            (_namespaces ??= []).Add(target);
            Messages.PutUInt32(IFLA_NET_NS_FD, (uint)target.Descriptor);
        }

        Messages.EndNested(peer);
        Messages.EndNested(data);
        Messages.EndNested(info);
        End("create veth", spec.Name);
        return spec.PeerMasterIndex == 0
            ? this
            : SetLink(0, spec.PeerName, new LinkChange { MasterIndex = spec.PeerMasterIndex });
    }

    /// <summary>
    /// Changes a link. Usually one message; a second when bridge-port flags come with a new master (the kernel looks the flags'
    /// owner up before it changes the master), or <c>arp_notify</c> with switching on (it would be set too late to have an effect).
    /// </summary>
    /// <param name="index">The link; 0 to go by the name.</param>
    /// <param name="name">The link's name, for error texts.</param>
    /// <param name="change">What to change.</param>
    /// <exception cref="ArgumentException">A name or the alias is none the kernel takes.</exception>
    public RouteBatch SetLink(int index, string name, LinkChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        RequireLink(index, name);
        if (change.NewName is not null)
        {
            LinkName.Require(change.NewName);
        }

        if (change.Alias is not null && Encoding.UTF8.GetByteCount(change.Alias) >= IFALIASZ)
        {
            throw new ArgumentException("an interface's alias has at most 255 bytes", nameof(change));
        }

        bool hasPortFlags = change.Hairpin is not null || change.Isolated is not null;
        bool announces = change.ArpNotify is not null && change.Up == true;
        if ((hasPortFlags && change.MasterIndex is not null) || announces)
        {
            var before = new LinkChange { MasterIndex = change.MasterIndex, ArpNotify = change.ArpNotify };
            AppendChange(index, name, before);
            change = change with { MasterIndex = null, ArpNotify = null };
        }

        AppendChange(index, name, change);
        return this;
    }

    /// <summary>Deletes a link; a veth takes its other end along.</summary>
    /// <param name="index">The link.</param>
    /// <param name="name">The link's name, for error texts.</param>
    /// <exception cref="ArgumentException">The index is not positive.</exception>
    public RouteBatch DeleteLink(int index, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(index);
        Messages.Begin(RTM_DELLINK, Command, new ifinfomsg { ifi_index = index });
        return End("delete link", name);
    }

    /// <summary>Deletes the link of this name; ENODEV when there is none.</summary>
    /// <exception cref="ArgumentException">The name is none the kernel takes.</exception>
    public RouteBatch DeleteLink(string name)
    {
        LinkName.Require(name);
        Messages.Begin(RTM_DELLINK, Command, default(ifinfomsg));
        Messages.PutText(IFLA_IFNAME, name);
        return End("delete link", name);
    }

    /// <summary>
    /// Deletes every link of a group at once. The kernel waits for its readers once for all of them, not once for each, and that
    /// wait is nearly all of what a deletion takes.
    /// </summary>
    /// <param name="group">The group; 0, everybody's default, is refused.</param>
    /// <param name="description">What it is, for error texts.</param>
    /// <exception cref="ArgumentException">The group is 0.</exception>
    public RouteBatch DeleteGroup(uint group, string description)
    {
        ArgumentOutOfRangeException.ThrowIfZero(group);
        Messages.Begin(RTM_DELLINK, Command, default(ifinfomsg));
        Messages.PutUInt32(IFLA_GROUP, group);
        return End("delete links", description);
    }

    private void PutIdentity(string name, int mtu, MacAddress? mac)
    {
        Messages.PutText(IFLA_IFNAME, name);
        if (mtu != 0)
        {
            Messages.PutUInt32(IFLA_MTU, (uint)mtu);
        }

        PutMac(mac);
    }

    private void PutMac(MacAddress? mac)
    {
        if (mac is MacAddress address)
        {
            Span<byte> bytes = stackalloc byte[MacAddress.Length];
            address.CopyTo(bytes);
            Messages.Put(IFLA_ADDRESS, bytes);
        }
    }

    // RTM_NEWLINK without NLM_F_CREATE, because RTM_SETLINK ignores IFLA_LINKINFO.
    private void AppendChange(int index, string name, LinkChange change)
    {
        var head = new ifinfomsg { ifi_index = index };
        SetFlag(ref head, IFF_UP, change.Up);
        SetFlag(ref head, IFF_PROMISC, change.Promiscuous);
        Messages.Begin(RTM_NEWLINK, Command, head);
        if (index == 0)
        {
            Messages.PutText(IFLA_IFNAME, name);
        }

        if (change.NewName is string newName && index != 0)
        {
            Messages.PutText(IFLA_IFNAME, newName);
        }

        if (change.Mtu is int mtu)
        {
            Messages.PutUInt32(IFLA_MTU, (uint)mtu);
        }

        PutMac(change.Mac);
        if (change.MasterIndex is int master)
        {
            Messages.PutUInt32(IFLA_MASTER, (uint)master);
        }

        if (change.Group is uint group)
        {
            Messages.PutUInt32(IFLA_GROUP, group);
        }

        if (change.Alias is string alias)
        {
            // Without the NUL, which would become a part of the text.
            Messages.Put(IFLA_IFALIAS, Encoding.UTF8.GetBytes(alias));
        }

        PutDriverData(change);
        PutArpNotify(change.ArpNotify);
        PutAddressGeneration(change.NoIPv6LinkLocal);
        End("change link", name);
    }

    private void PutDriverData(LinkChange change)
    {
        if (change.VlanFiltering is bool filtering)
        {
            int info = Messages.BeginNested(IFLA_LINKINFO);
            Messages.PutText(IFLA_INFO_KIND, "bridge");
            int data = Messages.BeginNested(IFLA_INFO_DATA);
            Messages.PutByte(IFLA_BR_VLAN_FILTERING, Bit(filtering));
            Messages.EndNested(data);
            Messages.EndNested(info);
        }

        if (change.Hairpin is not null || change.Isolated is not null)
        {
            int info = Messages.BeginNested(IFLA_LINKINFO);
            Messages.PutText(IFLA_INFO_SLAVE_KIND, "bridge");
            int data = Messages.BeginNested(IFLA_INFO_SLAVE_DATA);
            if (change.Hairpin is bool hairpin)
            {
                Messages.PutByte(IFLA_BRPORT_MODE, Bit(hairpin));
            }

            if (change.Isolated is bool isolated)
            {
                Messages.PutByte(IFLA_BRPORT_ISOLATED, Bit(isolated));
            }

            Messages.EndNested(data);
            Messages.EndNested(info);
        }
    }

    // IFLA_AF_SPEC { AF_INET { IFLA_INET_CONF { number of the setting: u32 } } }
    private void PutArpNotify(bool? value)
    {
        if (value is bool notify)
        {
            int families = Messages.BeginNested(IFLA_AF_SPEC);
            int inet = Messages.BeginNested(AF_INET);
            int settings = Messages.BeginNested(IFLA_INET_CONF);
            Messages.PutUInt32(IPV4_DEVCONF_ARP_NOTIFY, Bit(notify));
            Messages.EndNested(settings);
            Messages.EndNested(inet);
            Messages.EndNested(families);
        }
    }

    // IFLA_AF_SPEC { AF_INET6 { IFLA_INET6_ADDR_GEN_MODE: u8 } }
    private void PutAddressGeneration(bool none)
    {
        if (none)
        {
            int families = Messages.BeginNested(IFLA_AF_SPEC);
            int inet6 = Messages.BeginNested(AF_INET6);
            Messages.PutByte(IFLA_INET6_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_NONE);
            Messages.EndNested(inet6);
            Messages.EndNested(families);
        }
    }

    private static void SetFlag(ref ifinfomsg head, uint flag, bool? value)
    {
        if (value is bool on)
        {
            head.ifi_change |= flag;
            head.ifi_flags |= on ? flag : 0;
        }
    }

    private static byte Bit(bool value) => value ? (byte)1 : (byte)0;
}
