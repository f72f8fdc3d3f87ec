using System.Net;

namespace Flatnet.Ipam;

/// <summary>Puts a document together when the store has none: from what the kernel shows, and from host-local's
/// directories.</summary>
internal sealed class StateRecovery(IpamConfiguration configuration, IHostState host, IReadOnlyList<HostLocalDirectory> hostLocal)
{
    internal LeaseDocument Recover(LeaseDocument document, string location, List<string> warnings)
    {
        var boot = new DocumentBoot { Id = host.BootId };
        var leases = new List<LeaseEntry>();
        IReadOnlyList<Lease> live = host.LiveLeases(configuration.NetworkName);
        foreach (Lease lease in live)
        {
            Add(leases, boot, lease.BootId.Length == 0 ? lease with { BootId = host.BootId } : lease, fromHostLocal: false);
        }

        var cursors = new List<Cursor>();
        foreach (HostLocalDirectory directory in hostLocal)
        {
            Import(directory.Read(host), boot, leases, cursors, warnings);
        }

        if (document.Origin == DocumentOrigin.Broken)
        {
            warnings.Add($"state file {location} does not parse ({document.Trouble}); "
                + $"it is kept with .broken- and the time in its name, and {leases.Count} leases were rebuilt from what is live");
        }
        else if (live.Count > 0)
        {
            warnings.Add($"state file {location} was missing; {live.Count} leases were rebuilt from what is live");
        }

        return new LeaseDocument(document.Network)
        {
            Boot = boot,
            LeaseEntries = leases.ToArray(),
            ReservationEntries = Reservations(leases),
            Cursors = cursors.ToArray(),
            Origin = DocumentOrigin.Recovered,
        };
    }

    private void Import(
        HostLocalImport import, DocumentBoot boot, List<LeaseEntry> leases, List<Cursor> cursors, List<string> warnings)
    {
        int imported = 0;
        foreach (Lease lease in import.Leases)
        {
            imported += Add(leases, boot, lease, fromHostLocal: true) ? 1 : 0;
        }

        for (int i = 0; i < configuration.RangeSets.Count; i++)
        {
            RangeSet set = configuration.RangeSets[i];
            if (import.Cursors.TryGetValue(i, out IpValue last) && set.TryPosition(last, out _))
            {
                cursors.Add(new Cursor(set.Text, last));
            }
        }

        warnings.AddRange(import.Warnings);
        if (imported > 0)
        {
            warnings.Add($"{imported} leases were taken over from host-local in {import.Path}");
        }
    }

    // The kernel is asked first and is right; a record about the same address or interface only repeats it.
    private static bool Add(List<LeaseEntry> leases, DocumentBoot boot, Lease lease, bool fromHostLocal)
    {
        if (lease.Addresses.Count == 0 || lease.ContainerId.Length == 0)
        {
            return false;
        }

        foreach (LeaseEntry known in leases)
        {
            if (known.Lease.Attachment == lease.Attachment)
            {
                return false;
            }

            foreach (IPAddress address in lease.Addresses)
            {
                if (known.Holds(IpValue.From(address)))
                {
                    return false;
                }
            }
        }

        leases.Add(LeaseEntry.Create(lease, boot, fromHostLocal));
        return true;
    }

    private static ReservationEntry[] Reservations(List<LeaseEntry> leases)
    {
        var names = new HashSet<string>();
        var reservations = new List<ReservationEntry>();
        foreach (LeaseEntry entry in leases)
        {
            if (entry.Lease.ContainerName is { } name && names.Add(name))
            {
                reservations.Add(ReservationEntry.Create(new Reservation
                {
                    Name = name,
                    Addresses = entry.Lease.Addresses,
                    LastUsed = entry.Lease.Since,
                }));
            }
        }

        return reservations.ToArray();
    }
}
