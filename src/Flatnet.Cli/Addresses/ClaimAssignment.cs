using System.Collections.Immutable;
using Flatnet.Podman;

namespace Flatnet.Cli.Addresses;

/// <summary>Which claim is about which container.</summary>
internal sealed class ClaimAssignment
{
    private readonly Dictionary<string, List<AddressClaim>> _byContainer = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ownHosts = new(StringComparer.Ordinal);

    private ClaimAssignment()
    {
    }

    /// <summary>Leases that belong to no container here.</summary>
    public ImmutableArray<AddressClaim> StrayLeases { get; private set; } = [];

    /// <summary>Registry entries of this host, or of nobody knows which, that belong to no container here.</summary>
    public ImmutableArray<AddressClaim> StrayEntries { get; private set; } = [];

    /// <summary>Registry entries that may be another host's.</summary>
    public ImmutableArray<AddressClaim> Elsewhere { get; private set; } = [];

    /// <summary>Whether any lease belongs to a container here.</summary>
    public bool HasLeases { get; private set; }

    public static ClaimAssignment Assign(ContainerIndex containers, AddressFacts facts)
    {
        var assignment = new ClaimAssignment();
        assignment.AssignLeases(containers, [.. facts.Files.Ipam.Claims, .. facts.Files.HostLocal.Claims]);
        assignment.AssignEntries(containers, facts.Registry.Claims);
        return assignment;
    }

    /// <summary>What was said about the container.</summary>
    public IReadOnlyList<AddressClaim> Of(Container container) => _byContainer.GetValueOrDefault(container.Id) ?? [];

    private void AssignLeases(ContainerIndex containers, ImmutableArray<AddressClaim> leases)
    {
        var strays = new List<AddressClaim>();
        foreach (AddressClaim lease in leases)
        {
            if (containers.FindById(lease.ContainerId) is { } container)
            {
                Add(container, lease);
                HasLeases = true;
            }
            else
            {
                strays.Add(lease);
            }
        }

        StrayLeases = [.. strays];
    }

    private void AssignEntries(ContainerIndex containers, ImmutableArray<AddressClaim> entries)
    {
        var rest = new List<AddressClaim>();
        foreach (AddressClaim entry in entries)
        {
            if (containers.FindById(entry.ContainerId) is { } container)
            {
                Add(container, entry);

                // Nobody tells this host its ID in the registry, but its containers give it away.
                if (entry.HostId.Length > 0)
                {
                    _ownHosts.Add(entry.HostId);
                }
            }
            else
            {
                rest.Add(entry);
            }
        }

        var strays = new List<AddressClaim>();
        var elsewhere = new List<AddressClaim>();
        foreach (AddressClaim entry in rest)
        {
            bool isOwn = _ownHosts.Contains(entry.HostId);
            if (isOwn && NamedBy(entry, containers, rest) is { } container)
            {
                Add(container, entry);
                continue;
            }

            if (isOwn || entry.HostId.Length == 0 || _ownHosts.Count == 0)
            {
                strays.Add(entry);
            }

            if (!isOwn)
            {
                elsewhere.Add(entry);
            }
        }

        StrayEntries = [.. strays];
        Elsewhere = [.. elsewhere];
    }

    // Only a container that the registry does not know by its ID: the entry may be of an earlier one of that name.
    private Container? NamedBy(AddressClaim entry, ContainerIndex containers, List<AddressClaim> others)
    {
        bool isUnique = others.Count(other => other.HostId == entry.HostId && other.Name == entry.Name) == 1;
        return isUnique
            && containers.FindByName(entry.Name) is { } container
            && !Of(container).Any(claim => claim.Source == AddressSource.Registry)
                ? container
                : null;
    }

    private void Add(Container container, AddressClaim claim)
    {
        if (!_byContainer.TryGetValue(container.Id, out List<AddressClaim>? claims))
        {
            _byContainer[container.Id] = claims = [];
        }

        claims.Add(claim);
    }
}
