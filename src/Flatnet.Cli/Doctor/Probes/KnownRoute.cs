using Flatnet.Ipam;

namespace Flatnet.Cli.Doctor.Probes;

/// <summary>A range of addresses that somebody routes.</summary>
/// <param name="Subnet">The range.</param>
/// <param name="Place">The interface, or <c>Windows</c> and the interface's address there.</param>
internal sealed record KnownRoute(IpPrefix Subnet, string Place);
