using System.Globalization;
using System.Net;

namespace Flatnet.Cli.Addresses;

/// <summary>Tells about addresses that are allocated to containers nobody sees.</summary>
internal static class StaleAllocations
{
    /// <summary>One sentence for each; a single one when not even one lease is of a container here, because then it is more likely
    /// that this is the wrong Podman.</summary>
    public static IEnumerable<string> Describe(ClaimAssignment claims, bool showsRemote)
    {
        bool isWrongPodman = !claims.HasLeases && !claims.StrayLeases.IsEmpty;
        if (isWrongPodman)
        {
            int count = claims.StrayLeases.SelectMany(lease => lease.Addresses).Distinct().Count();
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{count} Flatnet addresses belong to containers this Podman instance cannot see (rootless?)");
        }

        // Records that host-local and the registry repeat are told once.
        IEnumerable<AddressClaim> entries = showsRemote ? claims.StrayEntries.Except(claims.Elsewhere) : claims.StrayEntries;
        var told = new HashSet<(IPAddress, string)>();
        foreach (AddressClaim claim in claims.StrayLeases.Concat(entries))
        {
            foreach (IPAddress address in claim.Addresses)
            {
                string owner = claim.ContainerId.Length > 0 ? claim.ContainerId[..Math.Min(12, claim.ContainerId.Length)] : claim.Name;
                bool isFirst = told.Add((address, owner));
                if (isFirst && !(isWrongPodman && claim.Source != AddressSource.Registry))
                {
                    yield return $"stale allocation {address} → {owner} ({claim.Source.Name()})";
                }
            }
        }
    }
}
