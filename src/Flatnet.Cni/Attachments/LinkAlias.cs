using System.Net;
using System.Text;
using Flatnet.Cni.Protocol;
using Flatnet.Ipam;

namespace Flatnet.Cni.Attachments;

/// <summary>
/// What the alias of a host interface says (<c>ip link</c> shows it): whose it is, and which addresses it leads to. The kernel
/// thereby holds a second copy of the leases, from which a lost state file is rebuilt.
/// </summary>
internal static class LinkAlias
{
    // IFALIASZ in linux/if.h, less the terminating NUL.
    private const int MaxBytes = 255;
    private const string Marker = LinkLease.Marker;

    /// <summary><c>flatnet NETWORK CONTAINER IFNAME ADDRESS,… [NAME]</c>; the name goes first when the space is too short.</summary>
    public static string ForAttachment(AttachmentRequest request, IReadOnlyList<IPAddress> addresses)
    {
        var text = new StringBuilder($"{Marker} {request.Network} {request.ContainerId} {request.InterfaceName} ");
        for (int i = 0; i < addresses.Count; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(addresses[i]);
        }

        if (addresses.Count == 0)
        {
            text.Append('-');
        }

        string withoutName = text.ToString();
        string full = request.ContainerName is { } name && Identifier.IsValid(name) ? $"{withoutName} {name}" : withoutName;
        string fitting = Encoding.UTF8.GetByteCount(full) <= MaxBytes ? full : withoutName;
        return Encoding.UTF8.GetByteCount(fitting) <= MaxBytes ? fitting : Marker;
    }

    /// <summary>The alias of a bridge that a network created and may therefore remove.</summary>
    public static string ForBridge(string network) => $"{Marker} {network}";

    /// <summary>The alias of the gateway's interface in one VLAN of a bridge, and of that interface's bridge port.</summary>
    public static string ForVlanGateway(string network, int vlan) => $"{Marker} {network} vlan {vlan}";

    /// <summary>Whether the alias marks a bridge as created by this plugin.</summary>
    public static bool IsOwnBridge(string? alias) => alias is not null && alias.StartsWith(Marker + " ", StringComparison.Ordinal);

    /// <summary>Whether the alias may be an attachment's to the network; one that had no room for the network's name may be.</summary>
    public static bool MayBeAttachmentTo(string network, string? alias) =>
        alias == Marker || (alias is not null && alias.StartsWith($"{Marker} {network} ", StringComparison.Ordinal) && !IsVlanGateway(alias));

    /// <summary>Whether the alias marks one end of a VLAN gateway.</summary>
    public static bool IsVlanGateway(string? alias)
    {
        string[] words = (alias ?? "").Split(' ');
        return words.Length == 4 && words[0] == Marker && words[2] == "vlan";
    }

    /// <summary>Reads an attachment's alias back as a lease of <paramref name="network"/>; null when it is something else.</summary>
    public static Lease? ToLease(string? alias, string network, string hostInterface, string bootId)
    {
        Lease? lease = LinkLease.Read(alias, network, hostInterface, bootId);
        return lease is { Addresses.Count: > 0 } ? lease with { Mac = DerivedMac.FromAddress(lease.Addresses[0]).ToString() } : lease;
    }
}
