using System.Collections.Immutable;
using System.Net;

namespace Flatnet.Cli.Addresses;

/// <summary>A container's Flatnet addresses.</summary>
/// <param name="Addresses">As the most trusted source tells, IPv4 first; empty without any.</param>
/// <param name="Source">Which source that was; null without an address.</param>
/// <param name="Conflicts">What other sources say instead.</param>
/// <param name="HostId">The container's host as the registry calls it; empty when unknown.</param>
internal sealed record ContainerAddress(
    ImmutableArray<IPAddress> Addresses, AddressSource? Source, ImmutableArray<AddressConflict> Conflicts, string HostId)
{
    public static ContainerAddress None { get; } = new([], null, [], "");

    /// <summary>The address to show; null without any.</summary>
    public IPAddress? First => Addresses.IsEmpty ? null : Addresses[0];
}
