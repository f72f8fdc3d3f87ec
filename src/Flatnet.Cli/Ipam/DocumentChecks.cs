using System.Net;
using Flatnet.Cli.Terminal;
using Flatnet.Ipam;

namespace Flatnet.Cli.Ipam;

/// <summary>What can be wrong with a network's leases and reservations; changes nothing.</summary>
internal sealed class DocumentChecks(LeaseSnapshot snapshot, AddressBook book)
{
    private readonly List<DocumentFinding> _findings = [];

    /// <summary>Everything that was found, problems and notes.</summary>
    public List<DocumentFinding> Run()
    {
        if (snapshot.Trouble is { } trouble)
        {
            Problem($"{snapshot.Location} does not parse: {trouble}", "sudo flatnet ipam gc   # keeps it under another name and rebuilds it from what runs");
        }

        if (snapshot.IsMissing)
        {
            Note(snapshot.Leases.IsEmpty
                ? $"{snapshot.Location} does not exist yet; the first container makes it"
                : $"{snapshot.Location} does not exist; the next start of a container rebuilds it with the {snapshot.Leases.Length} leases that are live");
        }
        else
        {
            CheckProtection();
        }

        CheckLeases();
        CheckReservations();
        CheckStale();
        if (!snapshot.UnknownFields.IsEmpty)
        {
            Note($"fields that this version does not know are kept: {Safe(string.Join(", ", snapshot.UnknownFields))}");
        }

        return _findings;
    }

    private void CheckProtection()
    {
        const int OwnerOnly = 0b110_000_000;
        if (FileProtection.Of(snapshot.Location) is not { } file)
        {
            return;
        }

        if (file.Mode != OwnerOnly)
        {
            Problem($"{snapshot.Location} has mode {Convert.ToString(file.Mode, 8)}, not 600", $"sudo chmod 600 {snapshot.Location}");
        }

        if (file.OwnerId != 0)
        {
            Problem($"{snapshot.Location} belongs to user {file.OwnerId}, not to root", $"sudo chown root:root {snapshot.Location}");
        }
    }

    private void CheckLeases()
    {
        var holders = new Dictionary<IPAddress, Lease>();
        var attachments = new HashSet<Attachment>();
        foreach (Lease lease in snapshot.Leases)
        {
            if (!attachments.Add(lease.Attachment))
            {
                Problem($"{Holder(lease)} has more than one lease for its interface {lease.InterfaceName}", Restart(lease));
            }

            foreach (IPAddress address in lease.Addresses)
            {
                if (!holders.TryAdd(address, lease))
                {
                    Problem($"{address} is leased twice: to {Holder(holders[address])} and to {Holder(lease)}", Restart(lease));
                }

                CheckPlace(address, $"leased to {Holder(lease)}", Restart(lease));
            }
        }
    }

    private void CheckReservations()
    {
        var owners = new Dictionary<IPAddress, string>();
        foreach (Reservation reservation in snapshot.Reservations.Where(reservation => reservation.IsStatic))
        {
            string release = $"sudo flatnet ipam release {reservation.Name}";
            foreach (IPAddress address in reservation.Addresses)
            {
                if (!owners.TryAdd(address, reservation.Name) && owners[address] != reservation.Name)
                {
                    Problem($"{address} is reserved twice: for {Safe(owners[address])} and for {Safe(reservation.Name)}", release);
                }

                CheckPlace(address, $"reserved for {reservation.Name}", release);
            }
        }

        foreach (Lease lease in snapshot.Leases)
        {
            foreach (IPAddress address in lease.Addresses)
            {
                if (owners.TryGetValue(address, out string? owner) && owner != lease.ContainerName && !book.Leases.IsStale(lease))
                {
                    Problem($"{address} is reserved for {Safe(owner)}, but {Holder(lease)} has it", Restart(lease));
                }
            }
        }
    }

    // A lease of an earlier boot is what every restart of the machine leaves behind; it blocks nothing.
    private void CheckStale()
    {
        Lease[] stale = [.. snapshot.Leases.Where(book.Leases.IsStale)];
        foreach (Lease lease in stale.Where(lease => lease.BootId == book.BootId))
        {
            Problem($"{string.Join(", ", lease.Addresses)} is leased to {Holder(lease)}, whose network namespace is gone", "sudo flatnet ipam gc");
        }

        int earlier = stale.Count(lease => lease.BootId != book.BootId);
        if (earlier > 0)
        {
            Note($"{earlier} of {snapshot.Leases.Length} leases were made before the machine was started; they are swept when their addresses are needed");
        }
    }

    private void CheckPlace(IPAddress address, string what, string cure)
    {
        IReadOnlyList<RangeSet> sets = book.Configuration.RangeSets;
        if (sets.SelectMany(set => set.Ranges).Any(range => range.Gateway.Equals(address)))
        {
            Problem($"{address} is the gateway, but {Safe(what)}", cure);
        }
        else if (!sets.Any(set => set.Contains(address)))
        {
            Problem($"{address} is {Safe(what)}, but outside the ranges {string.Join(" and ", sets)}", cure);
        }
    }

    private void Problem(string message, string cure) => _findings.Add(new DocumentFinding(message, cure));

    private void Note(string message) => _findings.Add(new DocumentFinding(message, null));

    private string Restart(Lease lease) => book.Leases.IsStale(lease)
        ? "sudo flatnet ipam gc"
        : $"podman restart {Safe(lease.ContainerName ?? ListCommand.ShortId(lease.ContainerId))}   # it gets another address";

    private static string Holder(Lease lease)
    {
        string id = ListCommand.ShortId(lease.ContainerId);
        return Safe(lease.ContainerName is { } name ? $"{name} ({id})" : id);
    }

    private static string Safe(string text) => SafeText.For(text, keepColors: false);
}
