namespace Flatnet.Cli.Addresses;

/// <summary>What all sources but Podman said.</summary>
/// <param name="Files">The files of this host.</param>
/// <param name="Registry">The gateway's registry.</param>
internal sealed record AddressFacts(AddressFiles Files, SourceReading Registry);
