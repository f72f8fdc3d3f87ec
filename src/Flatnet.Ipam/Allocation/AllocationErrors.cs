using System.Globalization;

namespace Flatnet.Ipam;

/// <summary>What an allocation can fail with. Messages are host-local's, which people search for; details are ours.</summary>
internal static class AllocationErrors
{
    internal static IpamException Duplicate(int set, LeaseEntry lease) => new(
        IpamFailure.DuplicateAllocation,
        InRange(set, $"{lease.Fields.First} has been allocated to {lease.Lease.ContainerId}, duplicate allocation is not allowed"),
        $"interface \"{lease.Lease.InterfaceName}\" has its lease since {Time(lease.Lease.Since)}; DEL it first");

    internal static IpamException Gateway(int set, IpValue address) => new(
        IpamFailure.GatewayRequested,
        InRange(set, $"requested ip {address} is subnet's gateway"),
        "ask for another address");

    internal static IpamException Unavailable(int set, RangeSet ranges, IpValue address, string why) => new(
        IpamFailure.AddressUnavailable,
        InRange(set, $"requested IP address {address} is not available in range set {ranges}"),
        why);

    internal static string HeldBy(Lease holder)
    {
        string name = holder.ContainerName is { } known ? $"\"{known}\" ({holder.ContainerId})" : holder.ContainerId;
        return $"container {name} has it on {holder.InterfaceName} since {Time(holder.Since)}";
    }

    internal static string ReservedFor(string name) => $"it has a static reservation for \"{name}\"";

    internal static IpamException NotInRange(List<IpValue> addresses)
    {
        string list = string.Join(' ', addresses);
        return new IpamException(
            IpamFailure.AddressNotInRange,
            "failed to allocate all requested IPs: " + list,
            "each requested address must lie in a range set of its own");
    }

    internal static IpamException Exhausted(int set, RangeSet ranges, string network, PoolUse use) => new(
        IpamFailure.Exhausted,
        InRange(set, $"no IP addresses available in range set: {ranges}"),
        $"network \"{network}\": {use.Used} of {use.Total} addresses are in use by live containers, "
            + $"{use.Static} kept by static reservations; see who has them with \"flatnet ipam ls --network {network}\" (state file {use.Location}), "
            + "stop containers or enlarge the range");

    private static string InRange(int set, string message) =>
        string.Create(CultureInfo.InvariantCulture, $"failed to allocate for range {set}: {message}");

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
