using System.Net;
using Flatnet.Ipam;

namespace Flatnet.Cli.Ipam;

/// <summary>One address that is in use or kept for somebody.</summary>
internal sealed record AddressEntry
{
    public required IPAddress Address { get; init; }

    public required AddressState State { get; init; }

    /// <summary>The container's name; null when a lease was made without one.</summary>
    public string? Name { get; init; }

    /// <summary>The lease; null for an address that is only reserved.</summary>
    public Lease? Lease { get; init; }

    /// <summary>The reservation of the address for <see cref="Name"/>; null without one.</summary>
    public Reservation? Reservation { get; init; }

    /// <summary>When the lease was made, or when the reservation was used last; null when it never was.</summary>
    public DateTimeOffset? Since => Lease is { } lease ? lease.Since : Reservation is { LastUsed: var used } && used > DateTimeOffset.UnixEpoch ? used : null;

    /// <summary>The state in the word that lists and JSON use.</summary>
    public string StateText => State switch
    {
        AddressState.Live => "live",
        AddressState.Stale => "stale",
        AddressState.Static => "static",
        _ => "reserved",
    };
}
