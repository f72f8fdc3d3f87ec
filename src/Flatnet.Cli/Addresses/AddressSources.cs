using Flatnet.Cli.Gateway;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Networks;

namespace Flatnet.Cli.Addresses;

/// <summary>Reads the sources of addresses besides Podman.</summary>
/// <param name="context">Names the network and the lease file.</param>
/// <param name="registry">The gateway's registry; null: it is not asked.</param>
internal sealed class AddressSources(CommandContext context, GatewayRegistry? registry)
{
    private const string StateDirectory = "/var/lib/cni";

    /// <summary>Reads the files of this host; what cannot be read becomes a warning.</summary>
    public AddressFiles ReadFiles()
    {
        string network = context.Settings.Network;
        InstalledNetworks installed = ConflistReader.Read(context);
        string state = $"{context.Root}{installed.Find(network)?.Ipam?.DataDirectory ?? StateDirectory}/{network}";
        return new AddressFiles(
            LeaseClaims.Read(context.Settings.IpamPath ?? state + "/ipam.json"),
            LeaseClaims.ReadHostLocal($"{context.Root}{StateDirectory}/networks/{network}", state),
            FlatnetSubnets.Of(installed));
    }

    /// <summary>Asks the registry; a failure becomes a warning.</summary>
    public Task<SourceReading> AskRegistryAsync(CancellationToken cancellation) =>
        registry is null ? Task.FromResult(SourceReading.Absent) : RegistryClaims.ReadAsync(registry, cancellation);
}
