using System.Collections.Immutable;
using System.Net.Sockets;
using Flatnet.Ipam;
using Flatnet.Netlink;

namespace Flatnet.Cni.Attachments;

/// <summary>The host's IP forwarding, per family. Switched on for a gateway and never off again: others may rely on it.</summary>
internal static class Forwarding
{
    /// <summary>Switches forwarding on for the families of the addresses; an attempt is made only where it is off.</summary>
    /// <exception cref="SysctlException">It is off and cannot be written.</exception>
    public static void Enable(ImmutableArray<AssignedAddress> addresses)
    {
        foreach (AssignedAddress address in addresses)
        {
            string key = KeyFor(address.Address.AddressFamily);
            if (Sysctl.Read(key) != "1")
            {
                Sysctl.Write(key, "1");
            }
        }
    }

    /// <summary>The setting of the first family that does not forward; null when all do.</summary>
    public static string? FindDisabled(ImmutableArray<AssignedAddress> addresses)
    {
        foreach (AssignedAddress address in addresses)
        {
            string key = KeyFor(address.Address.AddressFamily);
            if (Sysctl.Read(key) != "1")
            {
                return key;
            }
        }

        return null;
    }

    private static string KeyFor(AddressFamily family) =>
        family == AddressFamily.InterNetwork ? "net/ipv4/ip_forward" : "net/ipv6/conf/all/forwarding";
}
