using System.Collections.Immutable;

namespace Flatnet.Cli.Networks;

/// <summary>What a CNI configuration directory holds.</summary>
/// <param name="Directory">The directory.</param>
/// <param name="Networks">The networks in the order of their files; no name twice.</param>
/// <param name="Problems">What could not be used.</param>
internal sealed record InstalledNetworks(string Directory, ImmutableArray<InstalledNetwork> Networks, ImmutableArray<NetworkFileProblem> Problems)
{
    /// <summary>The network of that name; null when there is none.</summary>
    public InstalledNetwork? Find(string name) => Networks.FirstOrDefault(network => network.Name == name);
}
