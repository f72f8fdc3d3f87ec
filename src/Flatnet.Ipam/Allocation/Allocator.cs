using System.Net;
using System.Net.Sockets;

namespace Flatnet.Ipam;

/// <summary>Chooses addresses. Works on a <see cref="Ledger"/> and asks nobody but <see cref="Staleness"/>: no files, no
/// clock.</summary>
internal sealed class Allocator
{
    private readonly IpamConfiguration _configuration;
    private readonly Ledger _ledger;
    private readonly Staleness _staleness;
    private readonly StaticAddresses _statics;
    private readonly string _location;

    internal Allocator(IpamConfiguration configuration, Ledger ledger, Staleness staleness, string location)
    {
        _configuration = configuration;
        _ledger = ledger;
        _staleness = staleness;
        _statics = new StaticAddresses(configuration.Reservations, ledger.Reservations);
        _location = location;
    }

    /// <summary>Chooses one address per set and enters the lease.</summary>
    /// <exception cref="IpamException">There is none to be had; the ledger is then of no use any more.</exception>
    internal Lease Acquire(LeaseRequest request, string bootId, DateTimeOffset now)
    {
        _ledger.RemoveAll(_staleness.IsOfEarlierBoot);
        _ledger.EnterBoot(bootId);
        RefuseDuplicate(request);

        IReadOnlyList<RangeSet> sets = _configuration.RangeSets;
        var sticky = new StickyReservations(_ledger, _statics, request.ContainerName);
        List<IpValue> requested = Requested();
        var choices = new List<Choice>(sets.Count);
        for (int i = 0; i < sets.Count; i++)
        {
            choices.Add(ChooseRequested(i, requested, request.ContainerName) ?? ChooseReserved(i, sticky) ?? ChooseDynamic(i, sticky));
        }

        if (requested.Count > 0)
        {
            throw AllocationErrors.NotInRange(requested);
        }

        var addresses = new List<IPAddress>(choices.Count);
        foreach (Choice choice in choices)
        {
            addresses.Add(choice.Address.ToAddress());
            _ledger.ForgetReleased(choice.Address);
        }

        Lease lease = MakeLease(request, addresses, bootId, now);
        _ledger.Leases.Add(LeaseEntry.Create(lease, _ledger.Boot));
        sticky.Remember(sets, choices, now);
        return lease;
    }

    private static Lease MakeLease(LeaseRequest request, List<IPAddress> addresses, string bootId, DateTimeOffset now)
    {
        IPAddress forMac = addresses.Find(static address => address.AddressFamily == AddressFamily.InterNetwork)
            ?? addresses[0];
        return new Lease
        {
            ContainerId = request.ContainerId,
            InterfaceName = request.InterfaceName,
            Addresses = addresses,
            ContainerName = string.IsNullOrEmpty(request.ContainerName) ? null : request.ContainerName,
            Mac = request.Mac ?? request.DeriveMac?.Invoke(forMac),
            NamespacePath = request.NamespacePath,
            HostInterface = request.HostInterface,
            Since = now,
            BootId = bootId,
        };
    }

    private void RefuseDuplicate(LeaseRequest request)
    {
        LeaseEntry? earlier = _ledger.Find(new Attachment(request.ContainerId, request.InterfaceName));
        if (earlier is null)
        {
            return;
        }

        if (!_staleness.IsStale(earlier))
        {
            throw AllocationErrors.Duplicate(SetOf(earlier.Fields.First), earlier);
        }

        _ledger.Remove(earlier);
    }

    private int SetOf(IpValue address)
    {
        for (int i = 0; i < _configuration.RangeSets.Count; i++)
        {
            if (_configuration.RangeSets[i].TryPosition(address, out _))
            {
                return i;
            }
        }

        return 0;
    }

    private List<IpValue> Requested()
    {
        var requested = new List<IpValue>(_configuration.RequestedAddresses.Count);
        foreach (IPAddress address in _configuration.RequestedAddresses)
        {
            var value = IpValue.From(address);
            if (!requested.Contains(value))
            {
                requested.Add(value);
            }
        }

        return requested;
    }

    private Choice? ChooseRequested(int index, List<IpValue> requested, string? name)
    {
        RangeSet set = _configuration.RangeSets[index];
        int found = requested.FindIndex(address => set.TryPosition(address, out _));
        if (found < 0)
        {
            return null;
        }

        IpValue address = requested[found];
        requested.RemoveAt(found);
        if (set.IsGateway(address))
        {
            throw AllocationErrors.Gateway(index, address);
        }

        if (set.WhyForbidden(address) is { } why)
        {
            throw AllocationErrors.Unavailable(index, set, address, why);
        }

        if (_statics.IsOfAnother(address, name))
        {
            throw AllocationErrors.Unavailable(index, set, address, AllocationErrors.ReservedFor(_statics.OwnerOf(address)!));
        }

        if (HolderAlive(address) is { } holder)
        {
            throw AllocationErrors.Unavailable(index, set, address, AllocationErrors.HeldBy(holder.Lease));
        }

        return new Choice(address, ChoiceKind.Requested);
    }

    private Choice? ChooseReserved(int index, StickyReservations sticky)
    {
        RangeSet set = _configuration.RangeSets[index];
        if (sticky.Name is { } name && _statics.Of(name, set) is { } fixedAddress && IsUsable(set, fixedAddress, name))
        {
            return new Choice(fixedAddress, ChoiceKind.Static);
        }

        return sticky.Of(set) is { } address && IsUsable(set, address, sticky.Name) ? new Choice(address, ChoiceKind.Sticky) : null;
    }

    // The configuration may have changed since the reservation was made.
    private bool IsUsable(RangeSet set, IpValue address, string? name) =>
        set.WhyForbidden(address) is null && !_statics.IsOfAnother(address, name) && HolderAlive(address) is null;

    /// <summary>Who has the address; a holder that is gone loses it here.</summary>
    private LeaseEntry? HolderAlive(IpValue address)
    {
        LeaseEntry? holder = _ledger.HolderOf(address);
        while (holder is not null && _staleness.IsStale(holder))
        {
            _ledger.Remove(holder);
            holder = _ledger.HolderOf(address);
        }

        return holder;
    }

    private Choice ChooseDynamic(int index, StickyReservations sticky)
    {
        RangeSet set = _configuration.RangeSets[index];
        IpValue? address = FirstFree(set, sticky);
        if (address is null && _ledger.RemoveAll(_staleness.IsStale) > 0)
        {
            address = FirstFree(set, sticky);
        }

        address ??= sticky.TakeLeastRecentlyUsed(set);
        if (address is null)
        {
            throw AllocationErrors.Exhausted(index, set, _configuration.NetworkName, PoolCounter.Use(set, _ledger, _statics, _location));
        }

        _ledger.MoveCursor(set, address.Value);
        return new Choice(address.Value, ChoiceKind.Dynamic);
    }

    private IpValue? FirstFree(RangeSet set, StickyReservations sticky)
    {
        UInt128 start = 0;
        if (_ledger.CursorOf(set) is { } last && set.TryPosition(last, out UInt128 position))
        {
            start = position + 1 == set.Size ? 0 : position + 1;
        }

        List<IpValue> forbidden = set.Forbidden();
        int marks = forbidden.Count + _statics.Entries.Count + _ledger.Released.Count;
        foreach (LeaseEntry lease in _ledger.Leases)
        {
            marks += 1 + (lease.Fields.Others?.Length ?? 0);
        }

        foreach (ReservationEntry reservation in _ledger.Reservations)
        {
            marks += 1 + (reservation.Others?.Length ?? 0);
        }

        var window = new AddressWindow(set, start, marks);
        foreach (IpValue address in forbidden)
        {
            window.Take(address);
        }

        foreach (LeaseEntry lease in _ledger.Leases)
        {
            window.Take(lease.Fields.First);
            foreach (IpValue other in lease.Fields.Others ?? [])
            {
                window.Take(other);
            }
        }

        foreach ((string name, IpValue address) in _statics.Entries)
        {
            if (name != sticky.Name)
            {
                window.Take(address);
            }
        }

        sticky.TakeThoseOfOthers(window);
        foreach (IpValue address in _ledger.Released)
        {
            window.Avoid(address);
        }

        return window.FirstFree();
    }
}
