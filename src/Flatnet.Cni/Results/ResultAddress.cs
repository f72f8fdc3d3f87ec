using System.Net;
using Flatnet.Ipam;

namespace Flatnet.Cni.Results;

/// <summary>One entry of <c>ips</c>.</summary>
/// <param name="Address">The address, host bits included.</param>
/// <param name="PrefixLength">The length of its subnet's prefix.</param>
/// <param name="Gateway">The subnet's gateway, if any.</param>
/// <param name="Interface">Index into <c>interfaces</c>; null in an IPAM result.</param>
internal sealed record ResultAddress(IPAddress Address, int PrefixLength, IPAddress? Gateway, int? Interface = null)
{
    /// <summary>The address in CIDR notation.</summary>
    public string Cidr => new IpPrefix(Address, PrefixLength).ToString();
}
