namespace Flatnet.Cli.Addresses;

/// <summary>What the files of this host say about addresses.</summary>
/// <param name="Ipam">Flatnet's leases.</param>
/// <param name="HostLocal">host-local's records.</param>
/// <param name="Subnets">Whose addresses count although Podman calls their network by another name.</param>
internal sealed record AddressFiles(SourceReading Ipam, SourceReading HostLocal, FlatnetSubnets Subnets);
