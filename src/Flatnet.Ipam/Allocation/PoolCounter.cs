namespace Flatnet.Ipam;

/// <summary>Counts what is in use.</summary>
internal static class PoolCounter
{
    /// <summary>Counts one set of a ledger whose stale leases are gone.</summary>
    internal static PoolUse Use(RangeSet set, Ledger ledger, StaticAddresses statics, string location)
    {
        RangeSetStatus status = Count(set, ledger, statics);
        return new PoolUse(status.Used, status.Static, status.Total, location);
    }

    internal static RangeSetStatus Count(RangeSet set, Ledger ledger, StaticAddresses statics)
    {
        var used = new HashSet<IpValue>();
        foreach (LeaseEntry lease in ledger.Leases)
        {
            Add(used, set, lease.Fields.First);
            foreach (IpValue other in lease.Fields.Others ?? [])
            {
                Add(used, set, other);
            }
        }

        int usedCount = used.Count;
        foreach ((_, IpValue address) in statics.Entries)
        {
            Add(used, set, address);
        }

        int staticCount = used.Count - usedCount;
        foreach (ReservationEntry reservation in ledger.Reservations)
        {
            Add(used, set, reservation.First);
            foreach (IpValue other in reservation.Others ?? [])
            {
                Add(used, set, other);
            }
        }

        int stickyCount = used.Count - usedCount - staticCount;
        return new RangeSetStatus(set.Text, set.Size - (UInt128)set.Forbidden().Count, usedCount, staticCount, stickyCount);
    }

    // A lease from before a change of configuration may have what is now the gateway's.
    private static void Add(HashSet<IpValue> addresses, RangeSet set, IpValue address)
    {
        if (set.TryPosition(address, out _) && set.WhyForbidden(address) is null)
        {
            addresses.Add(address);
        }
    }
}
