using Flatnet.Interop;
using Flatnet.Netlink.Transport;
using static Flatnet.Interop.NetfilterConstants;
using static Flatnet.Interop.NfnetlinkConstants;
using static Flatnet.Interop.NfTablesConstants;

namespace Flatnet.Netlink.Netfilter;

/// <summary>nf_tables answers: <c>struct nfgenmsg</c>, then NFTA_* attributes, numbers in network byte order.</summary>
internal static class NftReader
{
    private const ushort Subsystem = NFNL_SUBSYS_NFTABLES << 8;

    /// <summary>NFT_MSG_NEWGEN.</summary>
    internal static void ReadGeneration(ushort type, ReadOnlySpan<byte> body, List<uint> into)
    {
        if (type != (Subsystem | NFT_MSG_NEWGEN))
        {
            return;
        }

        AttributeReader attributes = AttributeReader.After(body, out nfgenmsg _);
        while (attributes.MoveNext())
        {
            if (attributes.Type == NFTA_GEN_ID)
            {
                into.Add(attributes.UInt32BigEndian());
                return;
            }
        }

        throw new MalformedMessageException("a ruleset generation has no number");
    }

    /// <summary>NFT_MSG_NEWCHAIN; <paramref name="table"/> filters, because older kernels list the chains of all tables.</summary>
    internal static void ReadChain(ushort type, ReadOnlySpan<byte> body, string table, List<NftChain> into)
    {
        if (type != (Subsystem | NFT_MSG_NEWCHAIN))
        {
            return;
        }

        AttributeReader attributes = AttributeReader.After(body, out nfgenmsg _);
        string? owner = null;
        string? name = null;
        string? kind = null;
        int? hook = null;
        int? priority = null;
        bool? accepts = null;
        while (attributes.MoveNext())
        {
            switch (attributes.Type)
            {
                case NFTA_CHAIN_TABLE:
                    owner = attributes.Text();
                    break;
                case NFTA_CHAIN_NAME:
                    name = attributes.Text();
                    break;
                case NFTA_CHAIN_TYPE:
                    kind = attributes.Text();
                    break;
                case NFTA_CHAIN_POLICY:
                    accepts = attributes.UInt32BigEndian() == NF_ACCEPT;
                    break;
                case NFTA_CHAIN_HOOK:
                    ReadHook(attributes.Nested(), ref hook, ref priority);
                    break;
                default:
                    break;
            }
        }

        if (owner == table)
        {
            into.Add(new NftChain(name ?? throw new MalformedMessageException("a chain has no name"), kind, hook, priority, accepts));
        }
    }

    /// <summary>NFT_MSG_NEWRULE; table and chain filter again what the kernel was asked to filter.</summary>
    internal static void ReadRule(ushort type, ReadOnlySpan<byte> body, string table, string chain, List<NftRule> into)
    {
        if (type != (Subsystem | NFT_MSG_NEWRULE))
        {
            return;
        }

        AttributeReader attributes = AttributeReader.After(body, out nfgenmsg _);
        ulong? handle = null;
        string? comment = null;
        byte[] expressions = [];
        bool isWanted = true;
        while (attributes.MoveNext())
        {
            switch (attributes.Type)
            {
                case NFTA_RULE_TABLE:
                    isWanted &= attributes.Text() == table;
                    break;
                case NFTA_RULE_CHAIN:
                    isWanted &= attributes.Text() == chain;
                    break;
                case NFTA_RULE_HANDLE:
                    handle = attributes.UInt64BigEndian();
                    break;
                case NFTA_RULE_EXPRESSIONS:
                    expressions = attributes.Value.ToArray();
                    break;
                case NFTA_RULE_USERDATA:
                    comment = NftComment.Decode(attributes.Value);
                    break;
                default:
                    break;
            }
        }

        if (isWanted)
        {
            into.Add(new NftRule(handle ?? throw new MalformedMessageException("a rule has no handle"), comment, expressions));
        }
    }

    private static void ReadHook(AttributeReader attributes, ref int? hook, ref int? priority)
    {
        while (attributes.MoveNext())
        {
            if (attributes.Type == NFTA_HOOK_HOOKNUM)
            {
                hook = attributes.Int32BigEndian();
            }
            else if (attributes.Type == NFTA_HOOK_PRIORITY)
            {
                priority = attributes.Int32BigEndian();
            }
        }
    }
}
