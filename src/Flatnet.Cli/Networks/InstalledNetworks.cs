using System.Collections.Immutable;
using Flatnet.Cli.Hosting;

namespace Flatnet.Cli.Networks;

/// <summary>What a CNI configuration directory holds.</summary>
/// <param name="Directory">The directory.</param>
/// <param name="Networks">The networks in the order of their files; no name twice.</param>
/// <param name="Problems">What could not be used.</param>
internal sealed record InstalledNetworks(string Directory, ImmutableArray<InstalledNetwork> Networks, ImmutableArray<NetworkFileProblem> Problems)
{
    /// <summary>Why the directory itself could not be read; null when it could, or is not there.</summary>
    public NetworkFileProblem? Unreadable => Problems.FirstOrDefault(problem => problem.File == Directory);

    /// <summary>These networks, for a command that must know all of them.</summary>
    /// <exception cref="CommandException">The directory could not be read.</exception>
    public InstalledNetworks MustBeReadable() => Unreadable is not { } problem
        ? this
        : throw new CommandException($"{problem.File} {problem.Message}", "Only root may do that: run it with sudo.") { IsPermissionDenied = true };

    /// <summary>The network of that name; null when there is none.</summary>
    public InstalledNetwork? Find(string name) => Networks.FirstOrDefault(network => network.Name == name);
}
