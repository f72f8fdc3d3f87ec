using Flatnet.Interop;
using Flatnet.Netlink.Route;
using static Flatnet.Interop.InterfaceAddressConstants;
using static Flatnet.Interop.NetlinkConstants;
using static Flatnet.Interop.RouteConstants;

namespace Flatnet.Netlink;

// RTM_NEWADDR, RTM_DELADDR: struct ifaddrmsg, then IFA_* attributes.
public sealed partial class RouteBatch
{
    /// <summary>Puts an address on a link.</summary>
    /// <param name="spec">The address.</param>
    /// <param name="tolerateExisting">It is fine when the address is there already.</param>
    /// <exception cref="ArgumentException">The prefix is longer than the address.</exception>
    public RouteBatch AddAddress(AddressSpec spec, bool tolerateExisting = false)
    {
        ArgumentNullException.ThrowIfNull(spec);
        BeginAddress(RTM_NEWADDR, Command | NLM_F_CREATE | NLM_F_EXCL, spec);
        if (spec.Broadcast is not null)
        {
            AddressValue.Put(Messages, IFA_BROADCAST, spec.Broadcast);
        }

        return End("add address", Describe(spec), tolerateExisting ? KernelError.EEXIST : 0);
    }

    /// <summary>Takes an address from a link; EADDRNOTAVAIL when it is not there.</summary>
    /// <exception cref="ArgumentException">The prefix is longer than the address.</exception>
    public RouteBatch DeleteAddress(AddressSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        BeginAddress(RTM_DELADDR, Command, spec);
        return End("delete address", Describe(spec));
    }

    private void BeginAddress(ushort type, ushort flags, AddressSpec spec)
    {
        byte prefix = AddressValue.CheckedPrefix(spec.Address, spec.PrefixLength);
        Messages.Begin(type, flags, new ifaddrmsg
        {
            ifa_family = AddressValue.Family(spec.Address),
            ifa_prefixlen = prefix,
            ifa_flags = spec.NoDad ? (byte)IFA_F_NODAD : (byte)0,
            ifa_index = (uint)spec.LinkIndex,
        });
        AddressValue.Put(Messages, IFA_LOCAL, spec.Address);
        AddressValue.Put(Messages, IFA_ADDRESS, spec.Address);
    }

    private static string Describe(AddressSpec spec) =>
        string.Create(null, $"{spec.Address}/{spec.PrefixLength} on link #{spec.LinkIndex}");
}
