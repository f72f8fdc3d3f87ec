using System.Net;
using System.Text;

namespace Flatnet.Ipam;

/// <summary>Changes to a ledger's reservations.</summary>
internal static class ReservationEdits
{
    /// <summary>Puts a new entry in the old one's place; without addresses the entry goes.</summary>
    internal static void Replace(
        Ledger ledger, ReservationEntry? old, string name, List<IPAddress> addresses, bool isStatic, DateTimeOffset used)
    {
        int index = old is null ? -1 : ledger.Reservations.IndexOf(old);
        if (addresses.Count == 0)
        {
            if (index >= 0)
            {
                ledger.Reservations.RemoveAt(index);
            }

            return;
        }

        var reservation = new Reservation { Name = name, Addresses = addresses, IsStatic = isStatic, LastUsed = used };
        var entry = ReservationEntry.Create(reservation, old);
        if (index >= 0)
        {
            ledger.Reservations[index] = entry;
        }
        else
        {
            ledger.Reservations.Add(entry);
        }
    }

    /// <summary>Takes an address out of every sticky reservation but one.</summary>
    internal static void RemoveFromOthers(Ledger ledger, IpValue address, ReservationEntry? own)
    {
        for (int i = ledger.Reservations.Count - 1; i >= 0; i--)
        {
            ReservationEntry entry = ledger.Reservations[i];
            if (entry != own && !entry.IsStatic && entry.Holds(address))
            {
                List<IPAddress> rest = entry.Addresses();
                rest.Remove(address.ToAddress());
                Replace(ledger, entry, entry.Name, rest, isStatic: false, entry.LastUsed);
            }
        }
    }

    /// <summary>The least recently used reservation gives way first; one whose container just stopped was used just now.</summary>
    internal static void Touch(Ledger ledger, string name, DateTimeOffset now)
    {
        byte[] nameBytes = Encoding.UTF8.GetBytes(name);
        foreach (ReservationEntry entry in ledger.Reservations)
        {
            if (!entry.IsStatic && entry.Is(nameBytes))
            {
                Replace(ledger, entry, name, entry.Addresses(), isStatic: false, now);
                return;
            }
        }
    }

    internal static ReservationEntry? FindStatic(Ledger ledger, string name)
    {
        byte[] nameBytes = Encoding.UTF8.GetBytes(name);
        return ledger.Reservations.Find(entry => entry.IsStatic && entry.Is(nameBytes));
    }
}
