namespace Flatnet.Interop;

/// <summary>Messages, attributes and registers of nf_tables.</summary>
[CHeader("linux/netfilter/nf_tables.h")]
internal static class NfTablesConstants
{
    internal const ushort NFT_MSG_NEWTABLE = 0;
    internal const ushort NFT_MSG_DELTABLE = 2;
    internal const ushort NFT_MSG_NEWCHAIN = 3;
    internal const ushort NFT_MSG_GETCHAIN = 4;
    internal const ushort NFT_MSG_DELCHAIN = 5;
    internal const ushort NFT_MSG_NEWRULE = 6;
    internal const ushort NFT_MSG_GETRULE = 7;
    internal const ushort NFT_MSG_DELRULE = 8;
    internal const ushort NFT_MSG_NEWGEN = 15;
    internal const ushort NFT_MSG_GETGEN = 16;

    internal const ushort NFTA_TABLE_NAME = 1;
    internal const ushort NFTA_TABLE_FLAGS = 2;

    internal const ushort NFTA_CHAIN_TABLE = 1;
    internal const ushort NFTA_CHAIN_NAME = 3;
    internal const ushort NFTA_CHAIN_HOOK = 4;
    internal const ushort NFTA_CHAIN_POLICY = 5;
    internal const ushort NFTA_CHAIN_TYPE = 7;
    internal const ushort NFTA_HOOK_HOOKNUM = 1;
    internal const ushort NFTA_HOOK_PRIORITY = 2;

    internal const ushort NFTA_RULE_TABLE = 1;
    internal const ushort NFTA_RULE_CHAIN = 2;
    internal const ushort NFTA_RULE_HANDLE = 3;
    internal const ushort NFTA_RULE_EXPRESSIONS = 4;
    internal const ushort NFTA_RULE_USERDATA = 7;
    internal const int NFT_USERDATA_MAXLEN = 256;
    internal const int NFT_NAME_MAXLEN = 256;

    internal const ushort NFTA_LIST_ELEM = 1;
    internal const ushort NFTA_EXPR_NAME = 1;
    internal const ushort NFTA_EXPR_DATA = 2;
    internal const ushort NFTA_DATA_VALUE = 1;
    internal const ushort NFTA_DATA_VERDICT = 2;
    internal const ushort NFTA_VERDICT_CODE = 1;
    internal const ushort NFTA_VERDICT_CHAIN = 2;

    internal const ushort NFTA_META_DREG = 1;
    internal const ushort NFTA_META_KEY = 2;
    internal const ushort NFTA_CMP_SREG = 1;
    internal const ushort NFTA_CMP_OP = 2;
    internal const ushort NFTA_CMP_DATA = 3;
    internal const ushort NFTA_PAYLOAD_DREG = 1;
    internal const ushort NFTA_PAYLOAD_BASE = 2;
    internal const ushort NFTA_PAYLOAD_OFFSET = 3;
    internal const ushort NFTA_PAYLOAD_LEN = 4;
    internal const ushort NFTA_BITWISE_SREG = 1;
    internal const ushort NFTA_BITWISE_DREG = 2;
    internal const ushort NFTA_BITWISE_LEN = 3;
    internal const ushort NFTA_BITWISE_MASK = 4;
    internal const ushort NFTA_BITWISE_XOR = 5;
    internal const ushort NFTA_IMMEDIATE_DREG = 1;
    internal const ushort NFTA_IMMEDIATE_DATA = 2;

    internal const uint NFT_REG_VERDICT = 0;
    internal const uint NFT_REG_1 = 1;
    internal const uint NFT_CMP_EQ = 0;
    internal const uint NFT_CMP_NEQ = 1;
    internal const uint NFT_META_PROTOCOL = 1;
    internal const uint NFT_META_IIFNAME = 6;
    internal const uint NFT_META_OIFNAME = 7;
    internal const uint NFT_META_NFPROTO = 15;
    internal const uint NFT_PAYLOAD_LL_HEADER = 0;
    internal const uint NFT_PAYLOAD_NETWORK_HEADER = 1;
    internal const int NFT_JUMP = -3;
    internal const int NFT_RETURN = -5;

    internal const ushort NFTA_GEN_ID = 1;
}
