using System.Net;

namespace Flatnet.Ipam;

/// <summary>Reads the second copy of a lease that the kernel holds: the alias of the container's host interface,
/// <c>flatnet NETWORK CONTAINER IFNAME ADDRESS,… [NAME]</c>.</summary>
public static class LinkLease
{
    /// <summary>The first word of every alias of ours.</summary>
    public const string Marker = "flatnet";

    /// <summary>The lease, without its MAC; null when the alias is something else, or of another network.</summary>
    /// <param name="alias">The interface's alias.</param>
    /// <param name="network">The network that is meant.</param>
    /// <param name="hostInterface">The interface's name.</param>
    /// <param name="bootId">This boot, to which the lease is put down.</param>
    public static Lease? Read(string? alias, string network, string hostInterface, string bootId)
    {
        string[] words = (alias ?? "").Split(' ');
        if (words.Length is not (5 or 6) || words[0] != Marker || words[1] != network || !NetworkName.IsValid(words[2]))
        {
            return null;
        }

        var addresses = new List<IPAddress>();
        foreach (string text in words[4].Split(','))
        {
            if (IpAddressText.TryParse(text, out IPAddress? address))
            {
                addresses.Add(address);
            }
        }

        return new Lease
        {
            ContainerId = words[2],
            InterfaceName = words[3],
            Addresses = addresses,
            ContainerName = words.Length == 6 ? words[5] : null,
            HostInterface = hostInterface,
            Since = DateTimeOffset.UtcNow,
            BootId = bootId,
        };
    }
}
