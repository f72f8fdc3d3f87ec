using System.Collections.Immutable;
using System.Net;

namespace Flatnet.Cli.Addresses;

/// <summary>What one source says about one container.</summary>
/// <param name="Source">Who says so.</param>
/// <param name="ContainerId">The container's ID, maybe shortened; empty when the source only knows a name.</param>
/// <param name="Addresses">Its addresses there, at least one.</param>
internal sealed record AddressClaim(AddressSource Source, string ContainerId, ImmutableArray<IPAddress> Addresses)
{
    /// <summary>The container's name as the source knows it; empty when it does not.</summary>
    public string Name { get; init; } = "";

    /// <summary>The host it runs on, as the registry calls it; empty when unknown.</summary>
    public string HostId { get; init; } = "";

    /// <summary>When the registry first saw it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
