using Flatnet.Netlink;

namespace Flatnet.Cni.Firewall;

/// <summary>The names of our own netfilter tables: everything in them is ours, nothing outside them is touched but FORWARD.</summary>
internal static class OwnTable
{
    public const string Name = "flatnet";
    public const string PostRouting = "postrouting";
    public const string PreRouting = "prerouting";

    private const int MaxAttempts = 100;

    /// <summary>Deletes the rules in a chain whose comment satisfies <paramref name="matches"/>, and the table with its last rule.</summary>
    /// <exception cref="NetlinkException">The kernel has no nf_tables or refuses.</exception>
    public static void Remove(NftSocket socket, NftFamily family, string chain, Func<string, bool> matches)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                TryRemove(socket, family, chain, matches);
                return;
            }
            catch (NetlinkException error) when (error.Is(KernelError.ERESTART) && attempt < MaxAttempts)
            {
                // Somebody committed in between; look again.
            }
        }
    }

    // Under a generation number: another network's first rule must not go with the table that was ours alone a moment ago.
    private static void TryRemove(NftSocket socket, NftFamily family, string chain, Func<string, bool> matches)
    {
        uint generation = socket.Generation();
        List<NftRule> rules = socket.ListRules(family, Name, chain);
        var transaction = new NftTransaction();
        int removed = 0;
        foreach (NftRule rule in rules)
        {
            if (rule.Comment is { } comment && matches(comment))
            {
                transaction.DeleteRule(family, Name, chain, rule.Handle);
                removed++;
            }
        }

        if (removed == 0)
        {
            return;
        }

        socket.Commit(removed == rules.Count ? new NftTransaction().DeleteTable(family, Name) : transaction, generation);
    }

    /// <summary>Whether a chain holds a rule with exactly this comment.</summary>
    public static bool Holds(List<NftRule> rules, string comment)
    {
        foreach (NftRule rule in rules)
        {
            if (rule.Comment == comment)
            {
                return true;
            }
        }

        return false;
    }
}
