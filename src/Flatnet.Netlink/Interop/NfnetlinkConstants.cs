namespace Flatnet.Interop;

/// <summary>The envelope of nf_tables messages.</summary>
[CHeader("linux/netfilter/nfnetlink.h")]
internal static class NfnetlinkConstants
{
    internal const byte NFNETLINK_V0 = 0;
    internal const ushort NFNL_SUBSYS_NFTABLES = 10;
    internal const ushort NFNL_MSG_BATCH_BEGIN = 0x10;
    internal const ushort NFNL_MSG_BATCH_END = 0x11;
    internal const ushort NFNL_BATCH_GENID = 1;
}
