using Flatnet.Netlink;

namespace Flatnet.Cni.Firewall;

/// <summary>
/// Docker and others set the policy of iptables' FORWARD chain to DROP, and with it every packet to and from a container on
/// another bridge. Two accepting rules for ours then go to the head of that chain, written as iptables writes its own so that
/// it can list and delete them. Where the policy accepts, nothing is added.
/// </summary>
internal static class ForwardRules
{
    private const string Table = "filter";
    private const string Chain = "FORWARD";

    /// <summary>The comment, which is also the key, of a network's two rules.</summary>
    public static string Comment(string network) => $"{RuleComments.Prefix(network)}forward";

    /// <summary>Adds the rules if FORWARD drops what no rule accepts.</summary>
    public static void Ensure(NftSocket socket, NftFamily family, string network, string bridge)
    {
        if (!AreMissing(socket, family, network))
        {
            return;
        }

        uint generation = socket.Generation();
        var transaction = new NftTransaction()
            .InsertRule(family, Table, Chain, new NftExpressions().MatchInputInterface(bridge).Counter().Accept(), Comment(network))
            .InsertRule(family, Table, Chain, new NftExpressions().MatchOutputInterface(bridge).Counter().Accept(), Comment(network));
        try
        {
            socket.Commit(transaction, generation);
        }
        catch (NetlinkException error) when (error.Is(KernelError.ERESTART))
        {
            Ensure(socket, family, network, bridge);
        }
    }

    /// <summary>Whether FORWARD drops and does not yet accept ours.</summary>
    public static bool AreMissing(NftSocket socket, NftFamily family, string network) =>
        socket.FindChain(family, Table, Chain) is { PolicyAccepts: false }
        && !OwnTable.Holds(socket.ListRules(family, Table, Chain), Comment(network));

    /// <summary>Deletes the network's rules.</summary>
    public static void Remove(NftSocket socket, NftFamily family, string network)
    {
        var transaction = new NftTransaction();
        bool any = false;
        foreach (NftRule rule in socket.ListRules(family, Table, Chain))
        {
            if (rule.Comment == Comment(network))
            {
                transaction.DeleteRule(family, Table, Chain, rule.Handle);
                any = true;
            }
        }

        if (any)
        {
            socket.Commit(transaction);
        }
    }
}
