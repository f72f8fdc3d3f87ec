using Flatnet.Cni.Attachments;

namespace Flatnet.Cni.Firewall;

/// <summary>
/// How the comments of rules begin, which are their keys. The kernel's tools have room for 127 bytes and none for a quotation
/// mark, so that a long or odd name is cut and told apart by its hash.
/// </summary>
internal static class RuleComments
{
    private const int NetworkLength = 32;
    private const int ContainerLength = 64;
    private const int InterfaceLength = 15;
    private const int HashLength = 17; // with the tilde, which no name of a network or container has

    /// <summary>The beginning of all comments of a network.</summary>
    public static string Prefix(string network) => $"flatnet {Fit(network, NetworkLength)} ";

    /// <summary>The comment of an attachment's own rule.</summary>
    public static string ForAttachment(string network, string containerId, string interfaceName) =>
        $"{Prefix(network)}{Fit(containerId, ContainerLength)} {Fit(interfaceName, InterfaceLength)}";

    private static string Fit(string name, int length) => name.Length <= length && !name.Contains('"', StringComparison.Ordinal)
        ? name
        : $"{name[..Math.Max(0, length - HashLength)]}~{Fnv1a.Hash(name):x16}";
}
