using Flatnet.Netlink;

namespace Flatnet.Cni.Firewall;

/// <summary>The names of our own netfilter tables: everything in them is ours, nothing outside them is touched but FORWARD.</summary>
internal static class OwnTable
{
    public const string Name = "flatnet";
    public const string PostRouting = "postrouting";
    public const string PreRouting = "prerouting";

    /// <summary>Deletes the rules in a chain whose comment satisfies <paramref name="matches"/>, and the table with its last rule.</summary>
    public static void Remove(NftSocket socket, NftFamily family, string chain, Func<string, bool> matches)
    {
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

        socket.Commit(removed == rules.Count ? new NftTransaction().DeleteTable(family, Name) : transaction);
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
