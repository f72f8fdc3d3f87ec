namespace Flatnet.Ipam;

/// <summary>How full one range set is.</summary>
/// <param name="Ranges">The set as <c>start-end,start-end</c>.</param>
/// <param name="Total">Addresses containers can have: without gateway, network and broadcast address.</param>
/// <param name="Used">Addresses of leases that are not stale.</param>
/// <param name="Static">Addresses of static reservations that are not in use.</param>
/// <param name="Sticky">Addresses of sticky reservations that are not in use; these can be given away if need be.</param>
public sealed record RangeSetStatus(string Ranges, UInt128 Total, int Used, int Static, int Sticky)
{
    /// <summary>What an unknown container could still get, sticky reservations included.</summary>
    public UInt128 Available => Total - (UInt128)(Used + Static);
}
