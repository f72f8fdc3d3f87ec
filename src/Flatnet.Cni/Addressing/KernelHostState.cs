using System.Globalization;
using Flatnet.Cni.Attachments;
using Flatnet.Ipam;
using Flatnet.Netlink;

namespace Flatnet.Cni.Addressing;

/// <summary>What the running kernel knows that leases depend on: this boot, which namespaces live, which pairs exist.</summary>
internal sealed class KernelHostState : IHostState
{
    /// <summary>Test seam: names a file to read instead of the kernel's boot ID, so that a test can reboot.</summary>
    public const string BootIdFileVariable = "FLATNET_BOOT_ID_FILE";

    private string? _bootId;

    /// <inheritdoc/>
    public string BootId => _bootId ??= Environment.GetEnvironmentVariable(BootIdFileVariable) is { Length: > 0 } file
        ? File.ReadAllText(file).Trim()
        : Sysctl.Read("kernel/random/boot_id") ?? "";

    /// <inheritdoc/>
    public DateTimeOffset BootTime
    {
        get
        {
            // /proc/uptime counts suspended time too, unlike Environment.TickCount64.
            string uptime = File.ReadAllText("/proc/uptime");
            double seconds = double.Parse(uptime.AsSpan(0, uptime.IndexOf(' ')), CultureInfo.InvariantCulture);
            return DateTimeOffset.UtcNow - TimeSpan.FromSeconds(seconds);
        }
    }

    /// <inheritdoc/>
    public bool NamespaceExists(string path)
    {
        try
        {
            using NetworkNamespace found = NetworkNamespace.Open(path);
            return true;
        }
        catch (NamespaceException error)
        {
            // A namespace that cannot be looked into is not known to be gone.
            return error.Reason == NamespaceFailure.Unreadable;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Lease> LiveLeases(string network)
    {
        var leases = new List<Lease>();
        using RouteSocket socket = RouteSocket.Open();
        foreach (LinkInfo link in socket.ListLinks())
        {
            if (LinkAlias.ToLease(link.Alias, network, link.Name, BootId) is { Addresses.Count: > 0 } lease)
            {
                leases.Add(lease);
            }
        }

        return leases;
    }
}
