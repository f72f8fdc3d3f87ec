using System.Collections.Immutable;
using System.Net;
using Flatnet.Ipam;

namespace Flatnet.Cli.Ipam;

/// <summary>Puts leases and reservations together, one entry per address and holder.</summary>
internal static class AddressList
{
    /// <summary>The entries by address, IPv4 first.</summary>
    public static ImmutableArray<AddressEntry> Of(LeaseSnapshot snapshot, Func<Lease, bool> isStale)
    {
        var entries = new List<AddressEntry>();
        foreach (Lease lease in snapshot.Leases)
        {
            AddressState state = isStale(lease) ? AddressState.Stale : AddressState.Live;
            entries.AddRange(lease.Addresses.Select(address => new AddressEntry
            {
                Address = address,
                State = state,
                Name = lease.ContainerName,
                Lease = lease,
                Reservation = ReservationOf(snapshot, lease.ContainerName, address),
            }));
        }

        foreach (Reservation reservation in snapshot.Reservations)
        {
            foreach (IPAddress address in reservation.Addresses)
            {
                if (!entries.Exists(entry => entry.Name == reservation.Name && entry.Address.Equals(address)))
                {
                    entries.Add(Reserved(reservation, address));
                }
            }
        }

        return [.. entries.OrderBy(entry => entry.Address, NumericOrder).ThenBy(entry => entry.State)];
    }

    private static Comparer<IPAddress> NumericOrder { get; } = Comparer<IPAddress>.Create(static (one, other) =>
    {
        int families = one.AddressFamily.CompareTo(other.AddressFamily);
        return families != 0 ? families : one.GetAddressBytes().AsSpan().SequenceCompareTo(other.GetAddressBytes());
    });

    // The first is the one that counts: configured ones stand before those of the document.
    private static Reservation? ReservationOf(LeaseSnapshot snapshot, string? name, IPAddress address) =>
        snapshot.Reservations.FirstOrDefault(reservation => reservation.Name == name && reservation.Addresses.Contains(address));

    private static AddressEntry Reserved(Reservation reservation, IPAddress address) => new()
    {
        Address = address,
        State = reservation.IsStatic ? AddressState.Static : AddressState.Reserved,
        Name = reservation.Name,
        Reservation = reservation,
    };
}
