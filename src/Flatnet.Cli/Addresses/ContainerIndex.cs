using System.Collections.Immutable;
using Flatnet.Podman;

namespace Flatnet.Cli.Addresses;

/// <summary>Finds containers by ID or by name, never by both at once: a container may be named like another one's ID.</summary>
internal sealed class ContainerIndex
{
    private const int ShortestPrefix = 12;

    private readonly Dictionary<string, Container> _byId = new(StringComparer.Ordinal);

    // Null for a name that is not unique.
    private readonly Dictionary<string, Container?> _byName = new(StringComparer.Ordinal);

    public ContainerIndex(ImmutableArray<Container> containers)
    {
        foreach (Container container in containers)
        {
            _byId[container.Id] = container;
            foreach (string name in container.Names)
            {
                if (!_byName.TryAdd(name, container))
                {
                    _byName[name] = null;
                }
            }
        }
    }

    /// <summary>By the full ID, or at least twelve characters that only one ID begins with.</summary>
    public Container? FindById(string id)
    {
        if (_byId.TryGetValue(id, out Container? exact) || id.Length < ShortestPrefix)
        {
            return exact;
        }

        Container? found = null;
        foreach (Container container in _byId.Values)
        {
            if (container.Id.StartsWith(id, StringComparison.Ordinal))
            {
                if (found is not null)
                {
                    return null;
                }

                found = container;
            }
        }

        return found;
    }

    /// <summary>By a name that only one container has.</summary>
    public Container? FindByName(string name) => _byName.GetValueOrDefault(name);
}
