using System.Collections.Immutable;
using Flatnet.Ipam;

namespace Flatnet.Cli.Addresses;

/// <summary>Reads the leases of Flatnet and of host-local from their files. Each is replaced whole by its writer, so no lock is needed.</summary>
internal static class LeaseClaims
{
    /// <summary>Flatnet's own leases.</summary>
    public static SourceReading Read(string path)
    {
        try
        {
            return LeaseFile.Read(path) is { } leases ? new SourceReading(SourceState.Ok, Claims(AddressSource.Ipam, leases), []) : SourceReading.Absent;
        }
        catch (IpamException e)
        {
            return SourceReading.Failed($"cannot read the leases: {e.Message}" + (e.Details is { } details ? $"; {details}" : ""));
        }
    }

    /// <summary>The records of host-local in all of its directories.</summary>
    public static SourceReading ReadHostLocal(params ReadOnlySpan<string> directories)
    {
        var leases = new List<Lease>();
        var warnings = new List<string>();
        foreach (string directory in directories)
        {
            leases.AddRange(LeaseFile.ReadHostLocal(directory, warnings) ?? []);
        }

        SourceState state = warnings.Count > 0 ? SourceState.Error : leases.Count > 0 ? SourceState.Ok : SourceState.Absent;
        return new SourceReading(state, Claims(AddressSource.HostLocal, leases), [.. warnings]);
    }

    private static ImmutableArray<AddressClaim> Claims(AddressSource source, IReadOnlyList<Lease> leases)
    {
        ImmutableArray<AddressClaim>.Builder claims = ImmutableArray.CreateBuilder<AddressClaim>(leases.Count);
        foreach (Lease lease in leases)
        {
            claims.Add(new AddressClaim(source, lease.ContainerId, [.. lease.Addresses]) { Name = lease.ContainerName ?? "" });
        }

        return claims.MoveToImmutable();
    }
}
