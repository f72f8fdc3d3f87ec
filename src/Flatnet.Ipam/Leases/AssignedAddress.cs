using System.Net;

namespace Flatnet.Ipam;

/// <summary>One address given to a container.</summary>
/// <param name="Address">The address.</param>
/// <param name="PrefixLength">Length of the subnet's prefix.</param>
/// <param name="Gateway">The gateway of the address's range.</param>
public sealed record AssignedAddress(IPAddress Address, int PrefixLength, IPAddress? Gateway);
