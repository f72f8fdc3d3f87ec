using Flatnet.Ipam;

namespace Flatnet.Cli.Networks;

/// <summary>Addresses that something on this machine uses or reaches already.</summary>
/// <param name="Subnet">The addresses.</param>
/// <param name="Owner">Who, to be read after "is taken by".</param>
internal sealed record OccupiedSubnet(IpPrefix Subnet, string Owner);
