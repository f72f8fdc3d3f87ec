using System.Collections.Immutable;
using System.Net;

namespace Flatnet.Ipam;

/// <summary>The leases and reservations of one network. Each call that changes something is one transaction: lock, read,
/// change, write. Calls that only look take no lock.</summary>
public sealed class NetworkLeases
{
    private readonly IpamConfiguration _configuration;
    private readonly ILeaseStore _store;
    private readonly IHostState _host;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<HostLocalDirectory> _hostLocal;
    private readonly StateRecovery _recovery;
    private readonly Staleness _staleness;
    private readonly List<string> _warnings = [];

    /// <summary>Works on a store of the caller's.</summary>
    /// <param name="configuration">The network.</param>
    /// <param name="store">Keeps its document.</param>
    /// <param name="host">What the host knows.</param>
    /// <param name="time">The clock; the system's by default.</param>
    public NetworkLeases(IpamConfiguration configuration, ILeaseStore store, IHostState host, TimeProvider? time = null)
        : this(configuration, store, host, time, [])
    {
    }

    internal NetworkLeases(
        IpamConfiguration configuration,
        ILeaseStore store,
        IHostState host,
        TimeProvider? time,
        IReadOnlyList<HostLocalDirectory> hostLocal)
    {
        _configuration = configuration;
        _store = store;
        _host = host;
        _time = time ?? TimeProvider.System;
        _hostLocal = hostLocal;
        _recovery = new StateRecovery(configuration, host, hostLocal);
        _staleness = new Staleness(host);
    }

    /// <summary>Things that went right but should be logged: a document set aside, stale leases swept, records imported.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Works on the file the configuration names, and takes over host-local's records as long as there is none.</summary>
    public static NetworkLeases OnDisk(IpamConfiguration configuration, IHostState host)
    {
        List<HostLocalDirectory> hostLocal = [new(configuration.DataDirectory + "/" + configuration.NetworkName)];
        if (configuration.DataDirectory == IpamConfiguration.DefaultDataDirectory)
        {
            hostLocal.Add(new HostLocalDirectory(IpamConfiguration.DefaultDataDirectory + "/networks/" + configuration.NetworkName));
        }

        var store = new DiskLeaseStore(configuration.DataDirectory, configuration.NetworkName);
        return new NetworkLeases(configuration, store, host, null, hostLocal);
    }

    /// <summary>Like <see cref="OnDisk"/>, with the document in a file of any name; a lock beside the file guards it.</summary>
    /// <param name="configuration">The network; its data directory is not looked at.</param>
    /// <param name="file">Absolute path of the document.</param>
    /// <param name="host">What the host knows.</param>
    /// <exception cref="ArgumentException">The path names no file below a directory.</exception>
    public static NetworkLeases AtFile(IpamConfiguration configuration, string file, IHostState host)
    {
        var store = DiskLeaseStore.AtFile(file, configuration.NetworkName);
        return new NetworkLeases(configuration, store, host, null, []);
    }

    /// <summary>Gives a container one address of every range set.</summary>
    /// <exception cref="IpamException">Nothing was changed.</exception>
    public IpamResult Acquire(LeaseRequest request)
    {
        DnsSettings dns = _configuration.ResolvConf is { } file ? ResolvConfReader.Read(file) : new DnsSettings();
        using ILeaseTransaction transaction = _store.Begin(_configuration.LockTimeout);
        var ledger = new Ledger(Load(transaction.Read()));
        Lease lease = new Allocator(_configuration, ledger, _staleness, _store.Location).Acquire(request, _host.BootId, _time.GetUtcNow());
        transaction.Write(ledger.ToDocument());
        if (ledger.Removed.Count > 0)
        {
            _warnings.Add($"{ledger.Removed.Count} leases of containers that are gone were removed");
            ForgetHostLocal(ledger.Removed);
        }

        return new IpamResult { Addresses = Assigned(lease), Routes = _configuration.Routes, Dns = dns, Mac = lease.Mac };
    }

    /// <summary>Ends a lease and keeps the name's reservation. Doing it twice is no error.</summary>
    /// <returns>The lease, or null when there was none.</returns>
    /// <exception cref="IpamException">The state could not be read or written.</exception>
    public Lease? Release(Attachment attachment)
    {
        // Without a lease there is nothing to write, and so nothing to create or to fail on. The container's own calls do
        // not overlap, so no lease of its can appear in between.
        if (Find(attachment) is null)
        {
            return null;
        }

        using ILeaseTransaction transaction = _store.Begin(_configuration.LockTimeout);
        var ledger = new Ledger(Load(transaction.Read()));
        if (ledger.Find(attachment) is not { } entry)
        {
            return null;
        }

        Lease lease = entry.Lease;
        ledger.Remove(entry);
        ledger.NoteReleased(lease);
        if (lease.ContainerName is { } name)
        {
            ReservationEdits.Touch(ledger, name, _time.GetUtcNow());
        }

        transaction.Write(ledger.ToDocument());
        ForgetHostLocal(ledger.Removed);
        return lease;
    }

    /// <summary>The lease of an attachment, or null.</summary>
    /// <exception cref="IpamException"><see cref="IpamFailure.StateUnreadable"/>.</exception>
    public Lease? Find(Attachment attachment) => new Ledger(Load(_store.Peek())).Find(attachment)?.Lease;

    /// <summary>Like <see cref="Find"/>, for CHECK, where no lease is an error.</summary>
    /// <exception cref="IpamException"><see cref="IpamFailure.NotAllocated"/>.</exception>
    public Lease Check(Attachment attachment) => Find(attachment) ?? throw new IpamException(
        IpamFailure.NotAllocated,
        $"network \"{_configuration.NetworkName}\" has no address for interface {attachment.InterfaceName} of container {attachment.ContainerId}",
        $"its lease is not in {_store.Location}; remove the container and start it again");

    /// <summary>Ends every lease that is not listed; reservations and cursors stay.</summary>
    /// <param name="valid">The attachments the runtime knows.</param>
    /// <returns>What was ended.</returns>
    /// <exception cref="IpamException">The state could not be read or written.</exception>
    public IReadOnlyList<Lease> CollectGarbage(IReadOnlySet<Attachment> valid)
    {
        if (Load(_store.Peek()).LeaseEntries.Length == 0)
        {
            return [];
        }

        var containers = new HashSet<string>();
        foreach (Attachment attachment in valid)
        {
            containers.Add(attachment.ContainerId);
        }

        using ILeaseTransaction transaction = _store.Begin(_configuration.LockTimeout);
        var ledger = new Ledger(Load(transaction.Read()));

        // A record without interface belongs to whichever interface its container has.
        ledger.RemoveAll(entry => !valid.Contains(entry.Lease.Attachment)
            && !(entry.Lease.InterfaceName.Length == 0 && containers.Contains(entry.Lease.ContainerId)));
        if (ledger.Removed.Count > 0)
        {
            transaction.Write(ledger.ToDocument());
            ForgetHostLocal(ledger.Removed);
        }

        return ledger.Removed.ConvertAll(static entry => entry.Lease);
    }

    /// <summary>Ends every stale lease, whether or not its address is needed; reservations stay. A document that does not parse
    /// is set aside and replaced by what is live.</summary>
    /// <param name="pretend">Only tell what would be ended: nothing is changed and no lock taken.</param>
    /// <returns>What was ended, oldest first.</returns>
    /// <exception cref="IpamException">The state could not be read or written.</exception>
    public IReadOnlyList<Lease> EndStale(bool pretend = false)
    {
        LeaseDocument seen = _store.Peek();
        if (pretend || (seen.Origin != DocumentOrigin.Broken && Load(seen).LeaseEntries.Length == 0))
        {
            return RemoveStale(new Ledger(Load(seen)));
        }

        using ILeaseTransaction transaction = _store.Begin(_configuration.LockTimeout);
        LeaseDocument found = transaction.Read();
        var ledger = new Ledger(Load(found));
        List<Lease> ended = RemoveStale(ledger);
        if (ended.Count > 0 || found.Origin == DocumentOrigin.Broken)
        {
            transaction.Write(ledger.ToDocument());
            ForgetHostLocal(ledger.Removed);
        }

        return ended;
    }

    /// <summary>Ends by hand what a name or an address stands for: reservations and stale leases. A live lease, and the
    /// sticky reservation of its container, only with force: the container goes on using an address that others may then get.</summary>
    /// <exception cref="IpamException">The state could not be read or written.</exception>
    public ReleaseOutcome EndByHand(LeaseSelector selector, bool force = false)
    {
        ArgumentNullException.ThrowIfNull(selector);
        if (!HandRelease.Apply(new Ledger(Load(_store.Peek())), _staleness, selector, force, out ReleaseOutcome preview))
        {
            return preview;
        }

        using ILeaseTransaction transaction = _store.Begin(_configuration.LockTimeout);
        var ledger = new Ledger(Load(transaction.Read()));
        if (HandRelease.Apply(ledger, _staleness, selector, force, out ReleaseOutcome outcome))
        {
            transaction.Write(ledger.ToDocument());
            ForgetHostLocal(ledger.Removed);
        }

        return outcome;
    }

    /// <summary>Everything there is at one moment. Changes nothing and takes no lock.</summary>
    /// <exception cref="IpamException"><see cref="IpamFailure.StateUnreadable"/>.</exception>
    public LeaseSnapshot Snapshot()
    {
        LeaseDocument stored = _store.Peek();
        LeaseDocument document = Load(stored);
        return new LeaseSnapshot
        {
            Location = _store.Location,
            IsMissing = stored.Origin == DocumentOrigin.Missing,
            Trouble = stored.Origin == DocumentOrigin.Broken ? stored.Trouble ?? "" : null,
            Leases = [.. document.Leases],
            Reservations = [.. WithConfigured(document.Reservations)],
            UnknownFields = UnknownFields.Of(stored),
        };
    }

    /// <summary>How full the network is. Changes nothing and takes no lock.</summary>
    /// <exception cref="IpamException"><see cref="IpamFailure.StateUnreadable"/>.</exception>
    public PoolStatus Status()
    {
        var ledger = new Ledger(Load(_store.Peek()));
        int stale = ledger.RemoveAll(_staleness.IsStale);
        var statics = new StaticAddresses(_configuration.Reservations, ledger.Reservations);
        var sets = new List<RangeSetStatus>();
        foreach (RangeSet set in _configuration.RangeSets)
        {
            sets.Add(PoolCounter.Count(set, ledger, statics));
        }

        return new PoolStatus(sets, stale);
    }

    /// <summary>Every lease, oldest first, stale ones included.</summary>
    /// <exception cref="IpamException"><see cref="IpamFailure.StateUnreadable"/>.</exception>
    public IReadOnlyList<Lease> Leases() => Load(_store.Peek()).Leases;

    /// <summary>Whether the lease's container is gone, so that the lease only waits to be swept.</summary>
    public bool IsStale(Lease lease) => _staleness.IsStale(LeaseEntry.Create(lease, new DocumentBoot()));

    /// <summary>Every reservation: the configuration's static ones first, then those of the state file.</summary>
    /// <exception cref="IpamException"><see cref="IpamFailure.StateUnreadable"/>.</exception>
    public IReadOnlyList<Reservation> Reservations() => WithConfigured(Load(_store.Peek()).Reservations);

    /// <summary>Reserves an address for a container name; nobody else will get it. An earlier static address of that name in
    /// the same range set is given up.</summary>
    /// <exception cref="IpamException">The address is outside the ranges, forbidden, reserved for another name, or in use by a
    /// container of another name.</exception>
    public void Reserve(string name, IPAddress address)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        using ILeaseTransaction transaction = _store.Begin(_configuration.LockTimeout);
        var ledger = new Ledger(Load(transaction.Read()));
        StaticReservations.Add(_configuration, ledger, _staleness, name, IpValue.From(address), _time.GetUtcNow());
        transaction.Write(ledger.ToDocument());
        ForgetHostLocal(ledger.Removed);
    }

    /// <summary>Ends every reservation of a name, static and sticky; a running container keeps its addresses.</summary>
    /// <returns>Whether there was one. Those of the configuration are not touched and do not count.</returns>
    /// <exception cref="IpamException">The state could not be read or written.</exception>
    public bool Unreserve(string name)
    {
        using ILeaseTransaction transaction = _store.Begin(_configuration.LockTimeout);
        var ledger = new Ledger(Load(transaction.Read()));
        int removed = ledger.Reservations.RemoveAll(entry => entry.Name == name);
        if (removed > 0)
        {
            transaction.Write(ledger.ToDocument());
        }

        return removed > 0;
    }

    private List<Reservation> WithConfigured(IReadOnlyList<Reservation> stored)
    {
        var reservations = new List<Reservation>();
        foreach ((string name, IPAddress address) in _configuration.Reservations)
        {
            reservations.Add(new Reservation { Name = name, Addresses = [address], IsStatic = true });
        }

        reservations.AddRange(stored);
        return reservations;
    }

    private List<Lease> RemoveStale(Ledger ledger)
    {
        ledger.RemoveAll(_staleness.IsStale);
        return ledger.Removed.ConvertAll(static entry => entry.Lease);
    }

    private LeaseDocument Load(LeaseDocument document)
    {
        if (document.Origin is not (DocumentOrigin.Missing or DocumentOrigin.Broken))
        {
            return document;
        }

        // A call that looks before it locks recovers twice, and should report once.
        var warnings = new List<string>();
        LeaseDocument recovered = _recovery.Recover(document, _store.Location, warnings);
        foreach (string warning in warnings)
        {
            if (!_warnings.Contains(warning))
            {
                _warnings.Add(warning);
            }
        }

        return recovered;
    }

    private ImmutableArray<AssignedAddress> Assigned(Lease lease)
    {
        ImmutableArray<AssignedAddress>.Builder assigned = ImmutableArray.CreateBuilder<AssignedAddress>(lease.Addresses.Count);
        for (int i = 0; i < lease.Addresses.Count; i++)
        {
            AddressRange range = _configuration.RangeSets[i].Find(IpValue.From(lease.Addresses[i]))!;
            assigned.Add(new AssignedAddress(lease.Addresses[i], range.Subnet.Length, range.Gateway));
        }

        return assigned.MoveToImmutable();
    }

    private void ForgetHostLocal(List<LeaseEntry> leases)
    {
        foreach (LeaseEntry lease in leases)
        {
            if (lease.IsFromHostLocal)
            {
                foreach (HostLocalDirectory directory in _hostLocal)
                {
                    directory.Forget(lease);
                }
            }
        }
    }
}
