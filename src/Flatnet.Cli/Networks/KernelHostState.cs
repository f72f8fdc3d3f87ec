using System.Globalization;
using Flatnet.Cli.Hosting;
using Flatnet.Ipam;
using Flatnet.Netlink;

namespace Flatnet.Cli.Networks;

/// <summary>What the running kernel knows that leases depend on, seen as the plugin sees it.</summary>
internal sealed class KernelHostState(CommandContext context) : IHostState
{
    /// <inheritdoc/>
    public string BootId { get; } = File.ReadAllText(context.Root + "/proc/sys/kernel/random/boot_id").Trim();

    /// <inheritdoc/>
    public DateTimeOffset BootTime
    {
        get
        {
            string uptime = File.ReadAllText(context.Root + "/proc/uptime");
            return context.Time.GetUtcNow() - TimeSpan.FromSeconds(double.Parse(uptime.Split(' ')[0], CultureInfo.InvariantCulture));
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
        using RouteSocket socket = RouteSocket.Open();
        return [.. socket.ListLinks()
            .Select(link => LinkLease.Read(link.Alias, network, link.Name, BootId))
            .OfType<Lease>()
            .Where(lease => lease.Addresses.Count > 0)];
    }
}
