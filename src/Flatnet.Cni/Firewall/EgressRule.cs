using System.Net;
using System.Net.Sockets;
using Flatnet.Ipam;
using Flatnet.Netlink;

namespace Flatnet.Cni.Firewall;

/// <summary>
/// One rule per subnet of a network, never per container: what leaves the subnet carries the host's address, except
/// multicast, which nobody could answer.
/// </summary>
internal static class EgressRule
{
    private static readonly IpPrefix MulticastIPv4 = new(new IPAddress([224, 0, 0, 0]), 4);
    private static readonly IpPrefix MulticastIPv6 = new(new IPAddress([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), 8);

    /// <summary>How all egress rules of a network begin.</summary>
    public static string CommentPrefix(string network) => $"{RuleComments.Prefix(network)}egress ";

    /// <summary>The comment, which is also the key, of a subnet's rule.</summary>
    public static string Comment(string network, IpPrefix subnet) => CommentPrefix(network) + subnet;

    /// <summary>Adds the rules that are missing, in one transaction, retried when another process commits at the same time.</summary>
    /// <exception cref="NetlinkException">The kernel has no nf_tables or refuses.</exception>
    public static void Ensure(NftSocket socket, string network, IReadOnlyList<IpPrefix> subnets)
    {
        for (int attempt = 0; ; attempt++)
        {
            List<IpPrefix> missing = Missing(socket, network, subnets);
            if (missing.Count == 0)
            {
                return;
            }

            // Looked up again under a generation number: two containers that start at once must not both add the rule.
            uint generation = socket.Generation();
            missing = Missing(socket, network, subnets);
            try
            {
                socket.Commit(Build(network, missing), generation);
                return;
            }
            catch (NetlinkException error) when (error.Is(KernelError.ERESTART) && attempt < MaxAttempts)
            {
                // Somebody committed in between; look again.
            }
        }
    }

    /// <summary>The subnets that have no rule.</summary>
    public static List<IpPrefix> Missing(NftSocket socket, string network, IReadOnlyList<IpPrefix> subnets)
    {
        List<NftRule> rules = socket.ListRules(NftFamily.Inet, OwnTable.Name, OwnTable.PostRouting);
        var missing = new List<IpPrefix>();
        foreach (IpPrefix subnet in subnets)
        {
            if (!OwnTable.Holds(rules, Comment(network, subnet)))
            {
                missing.Add(subnet);
            }
        }

        return missing;
    }

    /// <summary>
    /// Why this kernel cannot hold the rules, such as nf_tables without NAT; null when it can. Asked by a transaction that
    /// ends in an impossible request, which makes the kernel check all of it and keep nothing.
    /// </summary>
    public static string? WhyImpossible(NftSocket socket, string network, List<IpPrefix> subnets)
    {
        try
        {
            socket.Commit(Build(network, subnets).DeleteTable(NftFamily.Inet, Impossible));
            return null;
        }
        catch (NetlinkException error)
        {
            return error.Target.Contains(Impossible, StringComparison.Ordinal) ? null : error.Message;
        }
    }

    private const int MaxAttempts = 100;
    private const string Impossible = "flatnet-no-such-table";

    private static NftTransaction Build(string network, List<IpPrefix> subnets)
    {
        var transaction = new NftTransaction()
            .AddTable(NftFamily.Inet, OwnTable.Name)
            .AddBaseChain(NftFamily.Inet, OwnTable.Name, OwnTable.PostRouting, "nat", NetfilterHook.PostRouting, NetfilterPriority.SourceNat);
        foreach (IpPrefix subnet in subnets)
        {
            bool isIPv4 = subnet.Address.AddressFamily == AddressFamily.InterNetwork;
            IpPrefix multicast = isIPv4 ? MulticastIPv4 : MulticastIPv6;
            var rule = new NftExpressions()
                .MatchIPVersion(isIPv4 ? 4 : 6)
                .MatchSource(subnet.Address, subnet.Length)
                .MatchDestination(subnet.Address, subnet.Length, negate: true)
                .MatchDestination(multicast.Address, multicast.Length, negate: true)
                .Counter()
                .Masquerade();
            transaction.AddRule(NftFamily.Inet, OwnTable.Name, OwnTable.PostRouting, rule, Comment(network, subnet));
        }

        return transaction;
    }
}
