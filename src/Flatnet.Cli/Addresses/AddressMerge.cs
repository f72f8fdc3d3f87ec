using System.Collections.Immutable;
using System.Net;
using Flatnet.Podman;

namespace Flatnet.Cli.Addresses;

/// <summary>Brings together what all sources say: the most trusted one wins, and what the others say instead is kept and told.</summary>
internal static class AddressMerge
{
    /// <summary>Merges.</summary>
    /// <param name="containers">The containers of this host, also those that do not run.</param>
    /// <param name="facts">What the other sources said.</param>
    /// <param name="network">The network whose addresses are Flatnet's.</param>
    /// <param name="isComplete">Whether these are all containers, so that an allocation of none of them is stale.</param>
    /// <param name="showsRemote">Whether entries that may be another host's are shown as such, rather than as stale.</param>
    public static AddressBook Merge(
        ImmutableArray<Container> containers, AddressFacts facts, string network, bool isComplete, bool showsRemote)
    {
        ClaimAssignment claims = ClaimAssignment.Assign(new ContainerIndex(containers), facts);
        var warnings = new List<string>();
        warnings.AddRange([.. facts.Files.Ipam.Warnings, .. facts.Files.HostLocal.Warnings, .. facts.Registry.Warnings]);

        ImmutableDictionary<string, ContainerAddress>.Builder book = ImmutableDictionary.CreateBuilder<string, ContainerAddress>();
        foreach (Container container in containers)
        {
            ContainerAddress address = Choose(container, claims.Of(container), network, facts.Files.Subnets);
            book[container.Id] = address;
            if (!address.Conflicts.IsEmpty)
            {
                warnings.Add(Describe(container, address));
            }
        }

        if (isComplete)
        {
            warnings.AddRange(StaleAllocations.Describe(claims, showsRemote));
        }

        return new AddressBook(book.ToImmutable(), claims.Elsewhere, [.. warnings]);
    }

    private static ContainerAddress Choose(
        Container container, IReadOnlyList<AddressClaim> claims, string network, FlatnetSubnets subnets)
    {
        bool isUp = container.State is "running" or "paused" or "stopping";
        var ranked = new SortedDictionary<AddressSource, List<IPAddress>>();
        if (isUp)
        {
            Add(AddressSource.Podman, PodmanAddresses.Of(container, network, subnets));
        }

        foreach (AddressClaim claim in claims)
        {
            // The registry keeps entries of containers that have ended.
            if (isUp || claim.Source != AddressSource.Registry)
            {
                Add(claim.Source, claim.Addresses);
            }
        }

        string hostId = claims.Select(claim => claim.HostId).FirstOrDefault(id => id.Length > 0, "");
        if (ranked.Count == 0)
        {
            return ContainerAddress.None with { HostId = hostId };
        }

        (AddressSource source, List<IPAddress> chosen) = ranked.First();
        ImmutableArray<AddressConflict> conflicts =
        [
            .. from other in ranked.Skip(1)
               from address in other.Value
               where Contradicts(address, chosen)
               select new AddressConflict(other.Key, address),
        ];
        return new ContainerAddress([.. chosen.OrderBy(address => address.AddressFamily)], source, conflicts, hostId);

        void Add(AddressSource from, ImmutableArray<IPAddress> addresses)
        {
            if (!addresses.IsEmpty)
            {
                (ranked.TryGetValue(from, out List<IPAddress>? known) ? known : ranked[from] = []).AddRange(addresses);
            }
        }
    }

    // A source that tells the IPv4 address alone does not deny the IPv6 one.
    private static bool Contradicts(IPAddress address, List<IPAddress> chosen) =>
        !chosen.Contains(address) && chosen.Any(known => known.AddressFamily == address.AddressFamily);

    private static string Describe(Container container, ContainerAddress address)
    {
        string name = container.Names.IsEmpty ? container.Id[..Math.Min(12, container.Id.Length)] : container.Names[0];
        string others = string.Join(", ", address.Conflicts.Select(conflict => $"{conflict.Source.Name()} {conflict.Address}"));
        return $"sources disagree about the address of {name}: {address.Source!.Value.Name()} {address.First}, {others}";
    }
}
