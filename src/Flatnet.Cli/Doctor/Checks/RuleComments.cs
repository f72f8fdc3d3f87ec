namespace Flatnet.Cli.Doctor.Checks;

/// <summary>The comments that the plugin gives its rules (Firewall/RuleComments of Flatnet.Cni).</summary>
internal static class RuleComments
{
    private const int LongestName = 32;
    private const int HashLength = 17;

    /// <summary>How the comments of a network begin. A name that is too long is cut there and a hash follows.</summary>
    public static string Prefix(string network) => network.Length <= LongestName ? $"flatnet {network} " : $"flatnet {network[..(LongestName - HashLength)]}~";

    /// <summary>Whether the comment is that of the network's egress rule for the subnet.</summary>
    public static bool IsEgress(string comment, string network, string subnet) =>
        comment.StartsWith(Prefix(network), StringComparison.Ordinal) && comment.EndsWith($" egress {subnet}", StringComparison.Ordinal);
}
