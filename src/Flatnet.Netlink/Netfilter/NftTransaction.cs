using System.Globalization;
using Flatnet.Interop;
using Flatnet.Netlink.Netfilter;
using Flatnet.Netlink.Transport;
using static Flatnet.Interop.NetlinkConstants;
using static Flatnet.Interop.NfnetlinkConstants;
using static Flatnet.Interop.NfTablesConstants;

namespace Flatnet.Netlink;

/// <summary>
/// Changes to the ruleset that <see cref="NftSocket.Commit"/> executes as one. Each method appends what it says and returns the
/// transaction; later changes see earlier ones. Names: 1 to 255 letters, digits and <c>/ \ _ . -</c>, a letter first.
/// </summary>
public sealed class NftTransaction
{
    private const ushort Subsystem = NFNL_SUBSYS_NFTABLES << 8;
    private const ushort Command = NLM_F_REQUEST | NLM_F_ACK;

    /// <summary>Number of changes.</summary>
    public int Count => Requests.Count;

    /// <summary>True when there is nothing to do.</summary>
    public bool IsEmpty => Requests.Count == 0;

    internal MessageWriter Messages { get; } = new();

    internal List<Request> Requests { get; } = [];

    /// <summary>Makes sure that a table is there.</summary>
    public NftTransaction AddTable(NftFamily family, string name)
    {
        Begin(NFT_MSG_NEWTABLE, NLM_F_CREATE, family);
        Messages.PutText(NFTA_TABLE_NAME, NftName.Require(name));
        Messages.PutUInt32BigEndian(NFTA_TABLE_FLAGS, 0);
        return End("add table", name);
    }

    /// <summary>Deletes a table with everything in it; ENOENT when it is not there.</summary>
    public NftTransaction DeleteTable(NftFamily family, string name)
    {
        Begin(NFT_MSG_DELTABLE, 0, family);
        Messages.PutText(NFTA_TABLE_NAME, NftName.Require(name));
        return End("delete table", name);
    }

    /// <summary>Makes sure that a chain is there, to be jumped to.</summary>
    /// <param name="family">The table's family.</param>
    /// <param name="table">The table.</param>
    /// <param name="name">The chain.</param>
    /// <param name="exclusive">EEXIST when it is there already.</param>
    public NftTransaction AddChain(NftFamily family, string table, string name, bool exclusive = false)
    {
        BeginChain(NFT_MSG_NEWCHAIN, exclusive ? (ushort)(NLM_F_CREATE | NLM_F_EXCL) : NLM_F_CREATE, family, table, name);
        return End("add chain", table + " " + name);
    }

    /// <summary>Makes sure that a chain is there that packets enter at a hook, with the policy accept.</summary>
    /// <param name="family">The table's family.</param>
    /// <param name="table">The table.</param>
    /// <param name="name">The chain.</param>
    /// <param name="type"><c>filter</c> or <c>nat</c>.</param>
    /// <param name="hook">See <see cref="NetfilterHook"/>.</param>
    /// <param name="priority">See <see cref="NetfilterPriority"/>.</param>
    public NftTransaction AddBaseChain(NftFamily family, string table, string name, string type, int hook, int priority)
    {
        // NFTA_CHAIN_TABLE, _NAME, _TYPE, _HOOK { NFTA_HOOK_HOOKNUM, _PRIORITY }
        BeginChain(NFT_MSG_NEWCHAIN, NLM_F_CREATE, family, table, name);
        Messages.PutText(NFTA_CHAIN_TYPE, type);
        int place = Messages.BeginNested(NFTA_CHAIN_HOOK | NLA_F_NESTED);
        Messages.PutUInt32BigEndian(NFTA_HOOK_HOOKNUM, (uint)hook);
        Messages.PutUInt32BigEndian(NFTA_HOOK_PRIORITY, (uint)priority);
        Messages.EndNested(place);
        return End("add chain", table + " " + name);
    }

    /// <summary>Deletes an empty chain: ENOENT when it is not there, EBUSY when rules are in it or jump to it.</summary>
    public NftTransaction DeleteChain(NftFamily family, string table, string name)
    {
        BeginChain(NFT_MSG_DELCHAIN, 0, family, table, name);
        return End("delete chain", table + " " + name);
    }

    /// <summary>Deletes all rules of a chain; ENOENT when the chain is not there.</summary>
    public NftTransaction FlushChain(NftFamily family, string table, string name)
    {
        BeginRule(NFT_MSG_DELRULE, 0, family, table, name);
        return End("flush chain", table + " " + name);
    }

    /// <summary>Appends a rule to a chain.</summary>
    /// <param name="family">The table's family.</param>
    /// <param name="table">The table.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="rule">What the rule does.</param>
    /// <param name="comment">At most 127 bytes without quotation marks; empty for none.</param>
    public NftTransaction AddRule(NftFamily family, string table, string chain, NftExpressions rule, string comment) =>
        AppendRule(NLM_F_CREATE | NLM_F_APPEND, family, table, chain, rule, comment);

    /// <summary>Puts a rule at the head of a chain.</summary>
    /// <inheritdoc cref="AddRule" path="/param"/>
    public NftTransaction InsertRule(NftFamily family, string table, string chain, NftExpressions rule, string comment) =>
        AppendRule(NLM_F_CREATE, family, table, chain, rule, comment);

    /// <summary>Deletes one rule; ENOENT when it is not there.</summary>
    public NftTransaction DeleteRule(NftFamily family, string table, string chain, ulong handle)
    {
        BeginRule(NFT_MSG_DELRULE, 0, family, table, chain);
        Messages.PutUInt64BigEndian(NFTA_RULE_HANDLE, handle);
        return End("delete rule", table + " " + chain + " handle " + handle.ToString(CultureInfo.InvariantCulture));
    }

    private NftTransaction AppendRule(ushort flags, NftFamily family, string table, string chain, NftExpressions rule, string comment)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(comment);
        byte[] userData = comment.Length == 0 ? [] : NftComment.Encode(comment);
        BeginRule(NFT_MSG_NEWRULE, flags, family, table, chain);
        int expressions = Messages.BeginNested(NFTA_RULE_EXPRESSIONS | NLA_F_NESTED);
        Messages.AppendBytes(rule.Messages.Written);
        Messages.EndNested(expressions);
        if (userData.Length > 0)
        {
            Messages.Put(NFTA_RULE_USERDATA, userData);
        }

        return End("add rule", comment.Length == 0 ? table + " " + chain : table + " " + chain + " \"" + comment + "\"");
    }

    private void Begin(ushort message, ushort flags, NftFamily family) => Messages.Begin(
        (ushort)(Subsystem | message), (ushort)(Command | flags), new nfgenmsg { nfgen_family = (byte)family, version = NFNETLINK_V0 });

    private void BeginChain(ushort message, ushort flags, NftFamily family, string table, string name)
    {
        NftName.Require(table);
        NftName.Require(name);
        Begin(message, flags, family);
        Messages.PutText(NFTA_CHAIN_TABLE, table);
        Messages.PutText(NFTA_CHAIN_NAME, name);
    }

    private void BeginRule(ushort message, ushort flags, NftFamily family, string table, string chain)
    {
        NftName.Require(table);
        NftName.Require(chain);
        Begin(message, flags, family);
        Messages.PutText(NFTA_RULE_TABLE, table);
        Messages.PutText(NFTA_RULE_CHAIN, chain);
    }

    private NftTransaction End(string operation, string target)
    {
        Requests.Add(new Request(Messages.End(), operation, target, 0));
        return this;
    }
}
