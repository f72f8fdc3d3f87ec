using System.Collections.Immutable;

namespace Flatnet.Podman;

/// <summary>Puts addresses, which the list does not tell, into its containers.</summary>
internal static class AddressMerge
{
    /// <summary>Containers without an entry keep what they have.</summary>
    public static ImmutableArray<Container> Apply(ImmutableArray<Container> containers, IReadOnlyDictionary<string, ImmutableArray<ContainerNetwork>> networks)
    {
        return [.. containers.Select(container => networks.TryGetValue(container.Id, out ImmutableArray<ContainerNetwork> known) ? With(container, known) : container)];
    }

    private static Container With(Container container, ImmutableArray<ContainerNetwork> known)
    {
        IEnumerable<ContainerNetwork> others = container.Networks.Where(network => known.All(other => other.Name != network.Name));
        return container with { Networks = [.. known.Concat(others).OrderBy(network => network.Name, StringComparer.Ordinal)] };
    }
}
