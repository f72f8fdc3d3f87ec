using Flatnet.Cni.Attachments;
using Flatnet.Cni.Protocol;
using Flatnet.Ipam;

namespace Flatnet.Cni.Addressing;

/// <summary>Our own IPAM, in this process.</summary>
internal sealed class LeaseSource : IAddressSource
{
    private readonly NetworkLeases _leases;
    private readonly AttachmentRequest _request;
    private readonly string? _mac;
    private readonly bool _derivesMac;
    private readonly CallReport _report;

    /// <param name="configuration">The IPAM part of the network.</param>
    /// <param name="request">The attachment; empty fields for GC and STATUS.</param>
    /// <param name="mac">The MAC somebody asked for.</param>
    /// <param name="derivesMac">Whether the MAC follows from the address, that is, whether we make the interface.</param>
    /// <param name="report">Takes the warnings.</param>
    public LeaseSource(IpamConfiguration configuration, AttachmentRequest request, string? mac, bool derivesMac, CallReport report)
    {
        _leases = NetworkLeases.OnDisk(configuration, new KernelHostState());
        _request = request;
        _mac = mac;
        _derivesMac = derivesMac;
        _report = report;
    }

    /// <inheritdoc/>
    public IpamResult Acquire()
    {
        IpamResult result = _leases.Acquire(new LeaseRequest
        {
            ContainerId = _request.ContainerId,
            InterfaceName = _request.InterfaceName,
            ContainerName = _request.ContainerName,
            NamespacePath = _request.NamespacePath,
            HostInterface = _derivesMac ? new AttachmentIdentity(_request.Network, _request.ContainerId, _request.InterfaceName).HostInterface : null,
            Mac = _mac,
            DeriveMac = _derivesMac ? address => DerivedMac.FromAddress(address).ToString() : null,
        });
        PassWarningsOn();
        return result;
    }

    /// <inheritdoc/>
    public void Release()
    {
        _leases.Release(_request.Key);
        PassWarningsOn();
    }

    /// <inheritdoc/>
    public void Check()
    {
        _leases.Check(_request.Key);
        PassWarningsOn();
    }

    /// <inheritdoc/>
    public void CollectGarbage(IReadOnlySet<Attachment> valid)
    {
        _leases.CollectGarbage(valid);
        PassWarningsOn();
    }

    /// <inheritdoc/>
    public void CheckReady()
    {
        PoolStatus status = _leases.Status();
        if (status.CanAllocate)
        {
            return;
        }

        foreach (RangeSetStatus set in status.Sets)
        {
            if (set.Available == 0)
            {
                throw new CniException(
                    ErrorCode.NotAvailable,
                    $"network \"{_request.Network}\" has no free address: {set.Used} of {set.Total} in use",
                    "see who holds them with 'flatnet ipam ls'; remove containers or enlarge the range");
            }
        }
    }

    private void PassWarningsOn()
    {
        foreach (string warning in _leases.Warnings)
        {
            _report.Warn(warning);
        }
    }
}
