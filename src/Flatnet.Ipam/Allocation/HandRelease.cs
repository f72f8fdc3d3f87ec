using System.Collections.Immutable;
using System.Net;

namespace Flatnet.Ipam;

/// <summary>Ends what an administrator names.</summary>
internal static class HandRelease
{
    /// <returns>Whether the ledger was changed.</returns>
    internal static bool Apply(Ledger ledger, Staleness staleness, LeaseSelector selector, bool force, out ReleaseOutcome outcome)
    {
        var kept = new List<Lease>();
        ledger.RemoveAll(entry =>
        {
            if (!selector.Matches(entry.Lease))
            {
                return false;
            }

            if (force || staleness.IsStale(entry))
            {
                return true;
            }

            kept.Add(entry.Lease);
            return false;
        });

        ImmutableArray<Lease> ended = [.. ledger.Removed.ConvertAll(static entry => entry.Lease)];
        foreach (Lease lease in ended)
        {
            ledger.NoteReleased(lease);
        }

        List<Reservation> removed = EndReservations(ledger, selector, kept);
        outcome = new ReleaseOutcome(ended, [.. removed], [.. kept]);
        return ended.Length > 0 || removed.Count > 0;
    }

    private static List<Reservation> EndReservations(Ledger ledger, LeaseSelector selector, List<Lease> kept)
    {
        var removed = new List<Reservation>();
        foreach (ReservationEntry entry in ledger.Reservations.ToArray())
        {
            Reservation reservation = entry.ToReservation();

            // A sticky reservation is the shadow of the container that runs; the next start would only make it again.
            bool isShadow = !entry.IsStatic && kept.Exists(lease => lease.ContainerName == reservation.Name);
            if (!selector.Matches(reservation) || isShadow)
            {
                continue;
            }

            List<IPAddress> rest = entry.Addresses();
            rest.RemoveAll(address => selector.Address is null || address.Equals(selector.Address));
            ReservationEdits.Replace(ledger, entry, reservation.Name, rest, entry.IsStatic, entry.LastUsed);
            removed.Add(selector.Address is null ? reservation : reservation with { Addresses = [selector.Address] });
        }

        return removed;
    }
}
