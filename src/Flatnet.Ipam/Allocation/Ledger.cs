using System.Net;

namespace Flatnet.Ipam;

/// <summary>A working copy of a document. A call changes it freely; only when the call has succeeded does it become the next
/// document, so a failure leaves no trace.</summary>
internal sealed class Ledger(LeaseDocument document)
{
    // Enough for what people start and stop in a few minutes; older addresses are long behind the cursor.
    private const int LongestReleasedList = 64;

    // Sets come and go with runtimeConfig.ipRanges; without a limit their cursors would pile up.
    private const int MostCursors = 64;

    private readonly List<Cursor> _cursors = [.. document.Cursors];
    private readonly List<IpValue> _released = [.. document.Released];

    internal List<LeaseEntry> Leases { get; } = [.. document.LeaseEntries];

    internal List<ReservationEntry> Reservations { get; } = [.. document.ReservationEntries];

    /// <summary>The boot the document's leases are of unless they say otherwise.</summary>
    internal DocumentBoot Boot { get; private set; } = document.Boot;

    internal IReadOnlyList<IpValue> Released => _released;

    /// <summary>What was taken out, in order.</summary>
    internal List<LeaseEntry> Removed { get; } = [];

    internal LeaseDocument ToDocument() => new(document.Network)
    {
        Boot = Boot,
        LeaseEntries = Leases.ToArray(),
        ReservationEntries = Reservations.ToArray(),
        Cursors = _cursors.ToArray(),
        Released = _released.ToArray(),
        Unknown = document.Unknown,
        Origin = document.Origin,
        Trouble = document.Trouble,
    };

    internal LeaseEntry? Find(Attachment attachment)
    {
        int index = IndexOf(attachment);
        return index < 0 ? null : Leases[index];
    }

    internal LeaseEntry? HolderOf(IpValue address)
    {
        foreach (LeaseEntry lease in Leases)
        {
            if (lease.Holds(address))
            {
                return lease;
            }
        }

        return null;
    }

    internal void Remove(LeaseEntry lease)
    {
        Leases.Remove(lease);
        Removed.Add(lease);
    }

    /// <summary>Takes out every lease that meets the condition.</summary>
    /// <returns>How many.</returns>
    internal int RemoveAll(Predicate<LeaseEntry> condition)
    {
        int before = Removed.Count;
        int kept = 0;
        for (int i = 0; i < Leases.Count; i++)
        {
            if (condition(Leases[i]))
            {
                Removed.Add(Leases[i]);
            }
            else
            {
                Leases[kept++] = Leases[i];
            }
        }

        Leases.RemoveRange(kept, Leases.Count - kept);
        return Removed.Count - before;
    }

    /// <summary>Makes this boot the document's. Every lease left must be of this boot.</summary>
    internal void EnterBoot(string bootId)
    {
        if (Boot.Id != bootId)
        {
            Boot = new DocumentBoot { Id = bootId };
        }
    }

    internal IpValue? CursorOf(RangeSet set)
    {
        foreach (Cursor cursor in _cursors)
        {
            if (cursor.Set == set.Text)
            {
                return cursor.Last;
            }
        }

        return null;
    }

    internal void MoveCursor(RangeSet set, IpValue last)
    {
        var moved = new Cursor(set.Text, last);
        for (int i = 0; i < _cursors.Count; i++)
        {
            if (_cursors[i].Set == set.Text)
            {
                _cursors[i] = moved;
                return;
            }
        }

        if (_cursors.Count >= MostCursors)
        {
            _cursors.RemoveAt(0);
        }

        _cursors.Add(moved);
    }

    /// <summary>Remembers that these addresses were just in use; neighbours may still have them in their ARP caches.</summary>
    internal void NoteReleased(Lease lease)
    {
        foreach (IPAddress address in lease.Addresses)
        {
            var value = IpValue.From(address);
            _released.Remove(value);
            _released.Add(value);
        }

        if (_released.Count > LongestReleasedList)
        {
            _released.RemoveRange(0, _released.Count - LongestReleasedList);
        }
    }

    internal void ForgetReleased(IpValue address) => _released.Remove(address);

    private int IndexOf(Attachment attachment)
    {
        var wanted = new Utf8Attachment(attachment.ContainerId, attachment.InterfaceName);
        int legacy = -1;
        for (int i = 0; i < Leases.Count; i++)
        {
            if (Leases[i].Is(wanted))
            {
                return i;
            }

            if (legacy < 0 && Leases[i].IsLegacyOf(wanted))
            {
                legacy = i;
            }
        }

        return legacy;
    }
}
