namespace Flatnet.Cli.Addresses;

/// <summary>What all sources but Podman said.</summary>
/// <param name="Ipam">Flatnet's leases.</param>
/// <param name="HostLocal">host-local's records.</param>
/// <param name="Registry">The gateway's registry.</param>
/// <param name="Subnets">Whose addresses count although Podman calls their network by another name.</param>
internal sealed record AddressFacts(SourceReading Ipam, SourceReading HostLocal, SourceReading Registry, FlatnetSubnets Subnets);
