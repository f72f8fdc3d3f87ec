namespace Flatnet.Ipam;

/// <summary>What the host knows about leases without the state file.</summary>
public interface IHostState
{
    /// <summary>The kernel's boot ID (<c>/proc/sys/kernel/random/boot_id</c>); a lease of another boot is stale.</summary>
    public string BootId { get; }

    /// <summary>When the kernel started; an imported record written before is stale.</summary>
    public DateTimeOffset BootTime { get; }

    /// <summary>Whether a network namespace still exists at the path.</summary>
    public bool NamespaceExists(string path);

    /// <summary>The leases the kernel can prove, for rebuilding a lost state file. An empty <see cref="Lease.BootId"/> is
    /// read as the current boot.</summary>
    public IReadOnlyList<Lease> LiveLeases(string network);
}
