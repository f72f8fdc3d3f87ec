using System.Collections.Immutable;
using Flatnet.Netlink;

namespace Flatnet.Cli.Doctor.Probes;

/// <summary>Reads the rules over netlink.</summary>
internal static class RulesetReader
{
    // Where the plugin keeps its egress rules (Firewall/OwnTable of Flatnet.Cni).
    private const string OwnTable = "flatnet";
    private const string EgressChain = "postrouting";

    // iptables' chain for IPv4 and IPv6, and the one that Debian's and others' /etc/nftables.conf make.
    private static readonly ImmutableArray<(NftFamily Family, string Word, string Chain)> Forward =
        [(NftFamily.IPv4, "ip", "FORWARD"), (NftFamily.IPv6, "ip6", "FORWARD"), (NftFamily.Inet, "inet", "forward")];

    public static Ruleset Read()
    {
        try
        {
            using NftSocket socket = NftSocket.Open();
            return new Ruleset
            {
                EgressComments = Comments(socket.ListRules(NftFamily.Inet, OwnTable, EgressChain)),
                ForwardChains = [.. Forward.Select(place => ReadChain(socket, place.Family, place.Word, place.Chain)).OfType<ForwardChain>()],
            };
        }
        catch (NetlinkException error)
        {
            return new Ruleset { Unavailable = error.Message };
        }
    }

    private static ForwardChain? ReadChain(NftSocket socket, NftFamily family, string word, string chain)
    {
        if (socket.FindChain(family, "filter", chain) is not { } found)
        {
            return null;
        }

        List<NftRule> rules = socket.ListRules(family, "filter", chain);
        return new ForwardChain($"{word} filter {chain}", found.PolicyAccepts == false, Comments(rules), [.. rules.Select(rule => rule.Expressions)]);
    }

    private static ImmutableArray<string> Comments(List<NftRule> rules) => [.. rules.Select(rule => rule.Comment).OfType<string>()];
}
