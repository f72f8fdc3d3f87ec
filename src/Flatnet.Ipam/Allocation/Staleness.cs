namespace Flatnet.Ipam;

/// <summary>Decides which leases count for nothing any more. Asking about a namespace costs a system call, so callers ask
/// only about leases that stand in their way.</summary>
internal sealed class Staleness(IHostState host)
{
    private readonly string _bootId = host.BootId;

    /// <summary>Costs nothing: the lease was made before the kernel started.</summary>
    internal bool IsOfEarlierBoot(LeaseEntry lease) => !lease.IsOfBoot(_bootId);

    /// <summary>Of an earlier boot, or its namespace is gone.</summary>
    internal bool IsStale(LeaseEntry lease) =>
        IsOfEarlierBoot(lease) || (lease.HasNamespace && !host.NamespaceExists(lease.Lease.NamespacePath!));
}
