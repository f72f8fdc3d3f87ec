using System.Net;
using System.Text;

namespace Flatnet.Ipam;

/// <summary>The sticky reservations as one container name sees them: its own, and those of others.</summary>
internal sealed class StickyReservations
{
    // Names made up by the runtime (one per `podman run`) would pile up without end in a large range, and every ADD reads
    // them all. Beyond this the least recently used ones go, as in a full pool.
    internal const int Most = 2048;

    // A name used with ever-changing ranges keeps the latest addresses only.
    private const int MostPerName = 16;

    private readonly Ledger _ledger;
    private readonly StaticAddresses _statics;
    private readonly byte[] _nameBytes;
    private readonly ReservationEntry? _own;

    internal StickyReservations(Ledger ledger, StaticAddresses statics, string? name)
    {
        _ledger = ledger;
        _statics = statics;
        Name = string.IsNullOrEmpty(name) ? null : name;
        _nameBytes = Name is null ? [] : Encoding.UTF8.GetBytes(Name);
        _own = Name is null ? null : ledger.Reservations.Find(entry => !entry.IsStatic && entry.Is(_nameBytes));
    }

    /// <summary>The name; null when the container has none, and then nothing is remembered.</summary>
    internal string? Name { get; }

    /// <summary>The address this name had last in the set.</summary>
    internal IpValue? Of(RangeSet set)
    {
        if (_own is null)
        {
            return null;
        }

        if (set.TryPosition(_own.First, out _))
        {
            return _own.First;
        }

        foreach (IpValue other in _own.Others ?? [])
        {
            if (set.TryPosition(other, out _))
            {
                return other;
            }
        }

        return null;
    }

    internal void TakeThoseOfOthers(AddressWindow window)
    {
        foreach (ReservationEntry entry in _ledger.Reservations)
        {
            if (!entry.IsStatic && entry != _own)
            {
                window.Take(entry.First);
                foreach (IpValue other in entry.Others ?? [])
                {
                    window.Take(other);
                }
            }
        }
    }

    /// <summary>Ends the reservation that was not used for longest and gives its address in the set. One whose name runs
    /// elsewhere at the moment comes last: its container would miss it at the next start.</summary>
    internal IpValue? TakeLeastRecentlyUsed(RangeSet set)
    {
        HashSet<string> running = RunningNames();
        ReservationEntry? oldest = null;
        IpValue? found = null;
        bool oldestRuns = false;
        foreach (ReservationEntry entry in _ledger.Reservations)
        {
            if (entry.IsStatic || entry == _own || IdleAddress(entry, set) is not { } address)
            {
                continue;
            }

            bool runs = running.Contains(entry.Name);
            bool better = oldest is null || (runs == oldestRuns ? entry.UsedMilliseconds < oldest.UsedMilliseconds : oldestRuns);
            if (better)
            {
                (oldest, found, oldestRuns) = (entry, address, runs);
            }
        }

        if (oldest is not null)
        {
            _ledger.Reservations.Remove(oldest);
        }

        return found;
    }

    /// <summary>Writes down what the name has got, and takes it from the reservations of others.</summary>
    internal void Remember(IReadOnlyList<RangeSet> sets, List<Choice> choices, DateTimeOffset now)
    {
        foreach (Choice choice in choices)
        {
            if (choice.Kind == ChoiceKind.Requested)
            {
                ReservationEdits.RemoveFromOthers(_ledger, choice.Address, _own);
            }
        }

        if (Name is null)
        {
            return;
        }

        List<IPAddress> addresses = _own?.Addresses() ?? [];
        for (int i = 0; i < sets.Count; i++)
        {
            Remember(addresses, sets[i], choices[i]);
        }

        if (addresses.Count > MostPerName)
        {
            addresses.RemoveRange(0, addresses.Count - MostPerName);
        }

        ReservationEdits.Replace(_ledger, _own, Name, addresses, isStatic: false, now);
        ForgetBeyondLimit();
    }

    private void Remember(List<IPAddress> addresses, RangeSet set, Choice choice)
    {
        // The name's address is held by another container of that name: it is kept for when that one is gone.
        if (choice.Kind == ChoiceKind.Dynamic && (Of(set) is not null || _statics.Of(Name!, set) is not null) && IsKept(set))
        {
            return;
        }

        addresses.RemoveAll(set.Contains);
        if (_statics.OwnerOf(choice.Address) is null)
        {
            addresses.Add(choice.Address.ToAddress());
        }
    }

    // A reservation that can never be used again (now the gateway, now somebody's static address) is not worth keeping.
    private bool IsKept(RangeSet set)
    {
        IpValue address = _statics.Of(Name!, set) ?? Of(set)!.Value;
        return set.WhyForbidden(address) is null && !_statics.IsOfAnother(address, Name);
    }

    private IpValue? IdleAddress(ReservationEntry entry, RangeSet set)
    {
        if (IsIdle(entry.First, set))
        {
            return entry.First;
        }

        foreach (IpValue other in entry.Others ?? [])
        {
            if (IsIdle(other, set))
            {
                return other;
            }
        }

        return null;
    }

    private bool IsIdle(IpValue address, RangeSet set) =>
        set.TryPosition(address, out _)
            && set.WhyForbidden(address) is null
            && !_statics.IsOfAnother(address, Name)
            && _ledger.HolderOf(address) is null;

    private HashSet<string> RunningNames()
    {
        var names = new HashSet<string>();
        foreach (LeaseEntry lease in _ledger.Leases)
        {
            if (lease.HasName)
            {
                names.Add(lease.Lease.ContainerName!);
            }
        }

        return names;
    }

    private void ForgetBeyondLimit()
    {
        while (_ledger.Reservations.Count > Most)
        {
            HashSet<string> running = RunningNames();
            ReservationEntry? oldest = null;
            foreach (ReservationEntry entry in _ledger.Reservations)
            {
                bool older = oldest is null || entry.UsedMilliseconds < oldest.UsedMilliseconds;
                if (!entry.IsStatic && older && !running.Contains(entry.Name))
                {
                    oldest = entry;
                }
            }

            if (oldest is null)
            {
                return;
            }

            _ledger.Reservations.Remove(oldest);
        }
    }
}
