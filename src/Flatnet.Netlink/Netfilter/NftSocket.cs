using Flatnet.Interop;
using Flatnet.Netlink.Netfilter;
using Flatnet.Netlink.Transport;
using static Flatnet.Interop.NetlinkConstants;
using static Flatnet.Interop.NfnetlinkConstants;
using static Flatnet.Interop.NfTablesConstants;

namespace Flatnet.Netlink;

/// <summary>
/// The nf_tables ruleset of one network namespace. The socket stays in the namespace its thread was in when it was opened.
/// Not for use by several threads at once.
/// </summary>
public sealed class NftSocket : IDisposable
{
    private const ushort Subsystem = NFNL_SUBSYS_NFTABLES << 8;

    private readonly NetlinkConnection _connection;

    internal NftSocket(INetlinkChannel channel) => _connection = new NetlinkConnection(channel);

    /// <summary>Opens a socket in the calling thread's namespace.</summary>
    /// <exception cref="NetlinkException">EPROTONOSUPPORT: the kernel has no netfilter; otherwise it refuses the socket. A kernel
    /// with netfilter but without nf_tables is found out by the first call (EINVAL or EOPNOTSUPP).</exception>
    public static NftSocket Open() => new(NetlinkSocket.Open(NETLINK_NETFILTER, "netfilter"));

    /// <summary>The number of the ruleset's last change (NFT_MSG_GETGEN).</summary>
    /// <exception cref="NetlinkException">The kernel refuses the question, or the answer is unusable.</exception>
    public uint Generation()
    {
        MessageWriter request = Question(NFT_MSG_GETGEN, NftFamilyAny, NLM_F_REQUEST);
        request.End();
        List<uint> found = _connection.Dump<uint>(request, "read ruleset generation", "", 0, NftReader.ReadGeneration);
        return found.Count == 1
            ? found[0]
            : throw NetlinkException.Unusable("read ruleset generation", "", "unusable answer: no generation in it");
    }

    /// <summary>One chain; null when the chain or its table does not exist.</summary>
    /// <exception cref="NetlinkException">The kernel refuses the question, or the answer is unusable.</exception>
    public NftChain? FindChain(NftFamily family, string table, string chain)
    {
        MessageWriter request = Question(NFT_MSG_GETCHAIN, (byte)family, NLM_F_REQUEST);
        request.PutText(NFTA_CHAIN_TABLE, NftName.Require(table));
        request.PutText(NFTA_CHAIN_NAME, NftName.Require(chain));
        request.End();
        return _connection.Query<NftChain>(
            request, "find chain", table + " " + chain, KernelError.ENOENT, (type, body, into) => NftReader.ReadChain(type, body, table, into));
    }

    /// <summary>The rules of a chain in order; empty when the chain or its table does not exist.</summary>
    /// <exception cref="NetlinkException">The kernel refuses the question, or the answer is unusable.</exception>
    public List<NftRule> ListRules(NftFamily family, string table, string chain)
    {
        MessageWriter request = Question(NFT_MSG_GETRULE, (byte)family, NLM_F_REQUEST | NLM_F_DUMP);
        request.PutText(NFTA_RULE_TABLE, NftName.Require(table));
        request.PutText(NFTA_RULE_CHAIN, NftName.Require(chain));
        request.End();
        return _connection.Dump<NftRule>(
            request, "list rules", table + " " + chain, KernelError.ENOENT, (type, body, into) => NftReader.ReadRule(type, body, table, chain, into));
    }

    /// <summary>The names of a table's chains; empty when the table does not exist.</summary>
    /// <exception cref="NetlinkException">The kernel refuses the question, or the answer is unusable.</exception>
    public List<string> ListChains(NftFamily family, string table)
    {
        MessageWriter request = Question(NFT_MSG_GETCHAIN, (byte)family, NLM_F_REQUEST | NLM_F_DUMP);
        request.PutText(NFTA_CHAIN_TABLE, NftName.Require(table));
        request.End();
        List<NftChain> chains = _connection.Dump<NftChain>(
            request, "list chains", table, KernelError.ENOENT, (type, body, into) => NftReader.ReadChain(type, body, table, into));
        return chains.ConvertAll(static chain => chain.Name);
    }

    /// <summary>Executes all of the transaction or nothing.</summary>
    /// <param name="transaction">What to do.</param>
    /// <param name="generation">The <see cref="Generation"/> the transaction was planned on; null to commit on any.</param>
    /// <exception cref="NetlinkException">The kernel refused it. ERESTART: the ruleset is of another generation by now; look again.
    /// ENOENT, EEXIST, EBUSY: about a table, chain or rule. EINVAL, EOPNOTSUPP: the kernel has no nf_tables.</exception>
    public void Commit(NftTransaction transaction, uint? generation = null)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        if (transaction.Requests.Count == 0)
        {
            return;
        }

        var messages = new MessageWriter(transaction.Messages.Written.Length + 128);
        Request begin = Mark(messages, NFNL_MSG_BATCH_BEGIN, generation);
        int offset = messages.Written.Length;
        messages.AppendBytes(transaction.Messages.Written);
        Request end = Mark(messages, NFNL_MSG_BATCH_END, null);
        List<Request> requests = transaction.Requests.ConvertAll(request => request with { Start = request.Start + offset });
        _connection.ExecuteTransaction(messages, requests, begin, end);
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose() => _connection.Dispose();

    private const byte NftFamilyAny = SocketConstants.AF_UNSPEC;

    private static MessageWriter Question(ushort message, byte family, ushort flags)
    {
        var request = new MessageWriter(256);
        request.Begin((ushort)(Subsystem | message), flags, new nfgenmsg { nfgen_family = family, version = NFNETLINK_V0 });
        return request;
    }

    /// <summary>NFNL_MSG_BATCH_BEGIN and _END: <c>struct nfgenmsg</c> naming the subsystem; the begin may carry NFNL_BATCH_GENID.</summary>
    private static Request Mark(MessageWriter messages, ushort type, uint? generation)
    {
        // res_id is in network byte order, and the subsystem's number fits one byte.
        messages.Begin(type, NLM_F_REQUEST, new nfgenmsg { version = NFNETLINK_V0, res_id = NFNL_SUBSYS_NFTABLES << 8 });
        if (generation is uint number)
        {
            messages.PutUInt32BigEndian(NFNL_BATCH_GENID, number);
        }

        return new Request(messages.End(), "change", "the nf_tables ruleset", 0);
    }
}
