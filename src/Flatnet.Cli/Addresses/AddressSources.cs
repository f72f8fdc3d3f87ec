using Flatnet.Cli.Configuration;
using Flatnet.Cli.Gateway;

namespace Flatnet.Cli.Addresses;

/// <summary>Reads the sources of addresses besides Podman.</summary>
/// <param name="settings">Names the network and the lease file.</param>
/// <param name="root">In front of the paths of the system.</param>
/// <param name="registry">The gateway's registry; null: it is not asked.</param>
internal sealed class AddressSources(Settings settings, string root, GatewayRegistry? registry)
{
    private const string StateDirectory = "/var/lib/cni";

    /// <summary>Reads the files of this host; what cannot be read becomes a warning.</summary>
    public AddressFiles ReadFiles()
    {
        string state = $"{root}{StateDirectory}/{settings.Network}";
        return new AddressFiles(
            LeaseClaims.Read(settings.IpamPath ?? state + "/ipam.json"),
            LeaseClaims.ReadHostLocal($"{root}{StateDirectory}/networks/{settings.Network}", state),
            FlatnetSubnets.Read(root));
    }

    /// <summary>Asks the registry; a failure becomes a warning.</summary>
    public Task<SourceReading> AskRegistryAsync(CancellationToken cancellation) =>
        registry is null ? Task.FromResult(SourceReading.Absent) : RegistryClaims.ReadAsync(registry, cancellation);
}
