using System.Globalization;
using System.Net;
using Flatnet.Cli.Hosting;
using Flatnet.Ipam;
using Flatnet.Netlink;

namespace Flatnet.Cli.Networks;

/// <summary>What the running kernel knows that leases depend on, seen as the plugin sees it.</summary>
internal sealed class KernelHostState(CommandContext context) : IHostState
{
    // The first word of a host interface's alias: flatnet NETWORK CONTAINER IFNAME ADDRESS,... [NAME]
    private const string AliasMarker = "flatnet";

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
        return [.. socket.ListLinks().Select(link => LeaseOf(link, network)).OfType<Lease>()];
    }

    private Lease? LeaseOf(LinkInfo link, string network)
    {
        string[] words = (link.Alias ?? "").Split(' ');
        if (words.Length is not (5 or 6) || words[0] != AliasMarker || words[1] != network)
        {
            return null;
        }

        var addresses = new List<IPAddress>();
        foreach (string text in words[4].Split(','))
        {
            if (IpAddressText.TryParse(text, out IPAddress address))
            {
                addresses.Add(address);
            }
        }

        return addresses.Count == 0 ? null : new Lease
        {
            ContainerId = words[2],
            InterfaceName = words[3],
            Addresses = addresses,
            ContainerName = words.Length == 6 ? words[5] : null,
            HostInterface = link.Name,
            Since = context.Time.GetUtcNow(),
            BootId = BootId,
        };
    }
}
