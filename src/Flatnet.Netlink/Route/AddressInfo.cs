using System.Net;
using static Flatnet.Interop.InterfaceAddressConstants;

namespace Flatnet.Netlink;

/// <summary>An address on an interface as the kernel describes it (RTM_NEWADDR).</summary>
public sealed record AddressInfo
{
    /// <summary>The interface.</summary>
    public required int LinkIndex { get; init; }

    /// <summary>The interface's own address.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>0 to 32, or to 128.</summary>
    public required int PrefixLength { get; init; }

    /// <summary>RT_SCOPE_*: 0 global, 253 link, 254 host.</summary>
    public int Scope { get; init; }

    /// <summary>IFA_F_*.</summary>
    public uint Flags { get; init; }

    /// <summary>IPv6: the search for a duplicate is still going on.</summary>
    public bool IsTentative => (Flags & IFA_F_TENTATIVE) != 0;

    /// <summary>IPv6: somebody else has this address; it is not usable.</summary>
    public bool IsDadFailed => (Flags & IFA_F_DADFAILED) != 0;
}
