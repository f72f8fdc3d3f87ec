using System.Collections.Immutable;
using Flatnet.Cli.Addresses;

namespace Flatnet.Cli.Ps;

/// <summary>What is to be shown.</summary>
/// <param name="Rows">The containers, filtered and in order.</param>
/// <param name="Warnings">What a person should know, one sentence each.</param>
/// <param name="Ipam">Whether the leases could be read.</param>
/// <param name="Registry">Whether the gateway's registry could.</param>
internal sealed record PsListing(ImmutableArray<PsRow> Rows, ImmutableArray<string> Warnings, SourceState Ipam, SourceState Registry)
{
    /// <summary>How many of the rows have an address.</summary>
    public int Allocated => Rows.Count(static row => row.Address.First is not null);
}
