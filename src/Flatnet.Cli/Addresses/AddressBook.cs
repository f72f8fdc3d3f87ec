using System.Collections.Immutable;

namespace Flatnet.Cli.Addresses;

/// <summary>The addresses of all containers, agreed on by all sources.</summary>
/// <param name="ByContainer">By full ID; a container without an address may be missing.</param>
/// <param name="Remote">What the registry tells about containers that this host does not have.</param>
/// <param name="Warnings">Disagreements and allocations without a container, one sentence each.</param>
internal sealed record AddressBook(
    ImmutableDictionary<string, ContainerAddress> ByContainer, ImmutableArray<AddressClaim> Remote, ImmutableArray<string> Warnings)
{
    public static AddressBook Empty { get; } = new(ImmutableDictionary<string, ContainerAddress>.Empty, [], []);
}
