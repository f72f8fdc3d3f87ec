using System.Net;

namespace Flatnet.Ipam;

/// <summary>Static reservations in the document, made by command.</summary>
internal static class StaticReservations
{
    internal static void Add(
        IpamConfiguration configuration, Ledger ledger, Staleness staleness, string name, IpValue address, DateTimeOffset now)
    {
        RangeSet set = SetOf(configuration, address);
        if (set.IsGateway(address))
        {
            throw new IpamException(IpamFailure.GatewayRequested, $"cannot reserve {address}: it is the gateway", "reserve another address");
        }

        if (set.WhyForbidden(address) is { } why)
        {
            throw Unavailable(address, why);
        }

        var statics = new StaticAddresses(configuration.Reservations, ledger.Reservations);
        if (statics.IsOfAnother(address, name))
        {
            throw Unavailable(address, AllocationErrors.ReservedFor(statics.OwnerOf(address)!));
        }

        while (ledger.HolderOf(address) is { } holder && holder.Lease.ContainerName != name)
        {
            if (!staleness.IsStale(holder))
            {
                throw Unavailable(address, AllocationErrors.HeldBy(holder.Lease));
            }

            ledger.Remove(holder);
        }

        ReservationEdits.RemoveFromOthers(ledger, address, own: null);
        ReservationEntry? existing = ReservationEdits.FindStatic(ledger, name);
        List<IPAddress> addresses = existing?.Addresses() ?? [];
        addresses.RemoveAll(set.Contains);
        addresses.Add(address.ToAddress());
        ReservationEdits.Replace(ledger, existing, name, addresses, isStatic: true, now);
    }

    private static RangeSet SetOf(IpamConfiguration configuration, IpValue address)
    {
        foreach (RangeSet set in configuration.RangeSets)
        {
            if (set.TryPosition(address, out _))
            {
                return set;
            }
        }

        throw new IpamException(
            IpamFailure.AddressNotInRange,
            $"cannot reserve {address}: it lies in none of the ranges of network \"{configuration.NetworkName}\"",
            $"the ranges are {string.Join(" and ", configuration.RangeSets)}");
    }

    private static IpamException Unavailable(IpValue address, string why) =>
        new(IpamFailure.AddressUnavailable, $"cannot reserve {address}: {why}", "reserve another address, or release this one first");
}
