namespace Flatnet.Ipam;

/// <summary>Everything known about one network's addresses at one moment. Never changes; see <see cref="Ledger"/>.</summary>
public sealed class LeaseDocument
{
    private Lease[]? _leases;
    private Reservation[]? _reservations;

    internal LeaseDocument(string network) => Network = network;

    /// <summary>Name of the network.</summary>
    public string Network { get; }

    /// <summary>The leases, oldest first.</summary>
    public IReadOnlyList<Lease> Leases => _leases ??= Array.ConvertAll(LeaseEntries, static entry => entry.Lease);

    /// <summary>The reservations.</summary>
    public IReadOnlyList<Reservation> Reservations =>
        _reservations ??= Array.ConvertAll(ReservationEntries, static entry => entry.ToReservation());

    /// <summary>The boot of the leases that name none.</summary>
    internal DocumentBoot Boot { get; init; } = new();

    internal LeaseEntry[] LeaseEntries { get; init; } = [];

    internal ReservationEntry[] ReservationEntries { get; init; } = [];

    internal Cursor[] Cursors { get; init; } = [];

    /// <summary>Addresses given back lately, the latest last.</summary>
    internal IpValue[] Released { get; init; } = [];

    /// <summary>Members this version does not know, each as <c>"name":value</c>.</summary>
    internal byte[][] Unknown { get; init; } = [];

    internal DocumentOrigin Origin { get; init; }

    /// <summary>Why a broken document could not be used.</summary>
    internal string? Trouble { get; init; }

    internal LeaseDocument AsStored() => new(Network)
    {
        Boot = Boot,
        LeaseEntries = LeaseEntries,
        ReservationEntries = ReservationEntries,
        Cursors = Cursors,
        Released = Released,
        Unknown = Unknown,
    };
}
