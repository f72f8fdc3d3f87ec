using System.Collections.Immutable;

namespace Flatnet.Ipam;

/// <summary>What ending leases and reservations by hand came to.</summary>
/// <param name="Ended">Leases that are over.</param>
/// <param name="Removed">Reservations that are over, with the addresses that they lost.</param>
/// <param name="Kept">Live leases that only force would end.</param>
public sealed record ReleaseOutcome(ImmutableArray<Lease> Ended, ImmutableArray<Reservation> Removed, ImmutableArray<Lease> Kept);
