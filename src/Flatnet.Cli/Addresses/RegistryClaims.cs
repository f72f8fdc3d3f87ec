using System.Collections.Immutable;
using Flatnet.Cli.Gateway;

namespace Flatnet.Cli.Addresses;

/// <summary>Reads what the gateway's registry says about addresses.</summary>
internal static class RegistryClaims
{
    /// <summary>Asks the registry; a failure is a warning, since everything else can still be shown.</summary>
    public static async Task<SourceReading> ReadAsync(GatewayRegistry registry, CancellationToken cancellation)
    {
        try
        {
            ImmutableArray<RegistryEntry> entries = await registry.ListAsync(cancellation);
            return new SourceReading(SourceState.Ok, ImmutableArray.CreateRange(entries, ClaimOf), []);
        }
        catch (GatewayException e)
        {
            return SourceReading.Failed(e.Message);
        }
    }

    private static AddressClaim ClaimOf(RegistryEntry entry) => new(AddressSource.Registry, entry.Id, [entry.Address])
    {
        Name = entry.Name,
        HostId = entry.HostId,
        CreatedAt = entry.CreatedAt,
    };
}
