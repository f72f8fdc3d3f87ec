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

    /// <summary>Reads the files while the registry answers. Fails only by cancellation; everything else becomes a warning.</summary>
    public async Task<AddressFacts> ReadAsync(CancellationToken cancellation)
    {
        Task<SourceReading>? answer = registry is null ? null : RegistryClaims.ReadAsync(registry, cancellation);
        string state = $"{root}{StateDirectory}/{settings.Network}";
        SourceReading leases = LeaseClaims.Read(settings.IpamPath ?? state + "/ipam.json");
        SourceReading hostLocal = LeaseClaims.ReadHostLocal($"{root}{StateDirectory}/networks/{settings.Network}", state);
        var subnets = FlatnetSubnets.Read(root);
        return new AddressFacts(leases, hostLocal, answer is null ? SourceReading.Absent : await answer, subnets);
    }
}
