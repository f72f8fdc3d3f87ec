using System.Net;
using System.Text;
using Flatnet.Netlink.Netfilter;
using Flatnet.Netlink.Route;
using Flatnet.Netlink.Transport;
using static Flatnet.Interop.InterfaceConstants;
using static Flatnet.Interop.NetfilterConstants;
using static Flatnet.Interop.NetlinkConstants;
using static Flatnet.Interop.NfTablesConstants;

namespace Flatnet.Netlink;

/// <summary>
/// What a rule does: matches first, then usually <see cref="Counter"/>, at last a verdict. Written byte for byte as nft(8) and
/// iptables-nft do, so that both can list it. Each method appends what it says and returns the expressions.
/// </summary>
public sealed class NftExpressions
{
    // struct iphdr, struct ipv6hdr and struct ethhdr
    private const uint IPv4SourceOffset = 12;
    private const uint IPv4DestinationOffset = 16;
    private const uint IPv6SourceOffset = 8;
    private const uint IPv6DestinationOffset = 24;
    private const uint EtherSourceOffset = 6;

    internal MessageWriter Messages { get; } = new(512);

    /// <summary>Packets that came in by this interface: <c>iifname "x"</c>.</summary>
    /// <exception cref="ArgumentException">The name is none the kernel takes.</exception>
    public NftExpressions MatchInputInterface(string name, bool negate = false) => MatchInterface(NFT_META_IIFNAME, name, negate);

    /// <summary>Packets that leave by this interface: <c>oifname "x"</c>.</summary>
    /// <exception cref="ArgumentException">The name is none the kernel takes.</exception>
    public NftExpressions MatchOutputInterface(string name, bool negate = false) => MatchInterface(NFT_META_OIFNAME, name, negate);

    /// <summary>Packets of IP version 4 or 6: <c>meta nfproto</c>. Needed before addresses in tables of the family inet, and only there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The version is neither.</exception>
    public NftExpressions MatchIPVersion(int version)
    {
        byte protocol = version switch
        {
            4 => NFPROTO_IPV4,
            6 => NFPROTO_IPV6,
            _ => throw new ArgumentOutOfRangeException(nameof(version), version, "4 or 6"),
        };
        LoadMeta(NFT_META_NFPROTO);
        return Compare([protocol], negate: false);
    }

    /// <summary>Packets from a network: <c>ip saddr</c>, <c>ip6 saddr</c>.</summary>
    /// <param name="net">The network; host bits are cut off.</param>
    /// <param name="prefix">0 to 32, or to 128.</param>
    /// <param name="negate">Packets from elsewhere.</param>
    /// <exception cref="ArgumentException">The prefix is longer than the address.</exception>
    public NftExpressions MatchSource(IPAddress net, int prefix, bool negate = false) =>
        MatchAddress(net, prefix, negate, IPv4SourceOffset, IPv6SourceOffset);

    /// <summary>Packets to a network: <c>ip daddr</c>, <c>ip6 daddr</c>.</summary>
    /// <inheritdoc cref="MatchSource" path="/param"/>
    /// <exception cref="ArgumentException">The prefix is longer than the address.</exception>
    public NftExpressions MatchDestination(IPAddress net, int prefix, bool negate = false) =>
        MatchAddress(net, prefix, negate, IPv4DestinationOffset, IPv6DestinationOffset);

    /// <summary>Frames from an Ethernet address: <c>ether saddr</c>. For tables of the family bridge.</summary>
    public NftExpressions MatchEtherSource(MacAddress mac, bool negate = false)
    {
        Span<byte> bytes = stackalloc byte[MacAddress.Length];
        mac.CopyTo(bytes);
        LoadPayload(NFT_PAYLOAD_LL_HEADER, EtherSourceOffset, MacAddress.Length);
        return Compare(bytes, negate);
    }

    /// <summary>Counts packets and bytes that got here.</summary>
    public NftExpressions Counter() => AppendBare("counter");

    /// <summary>Replaces the source address by the one of the outgoing interface. For chains of the type nat in tables of our own:
    /// iptables-nft (seen with 1.8.9) calls its table <c>nat</c> incompatible when it finds this there.</summary>
    public NftExpressions Masquerade() => AppendBare("masq");

    /// <summary>Lets the packet pass.</summary>
    public NftExpressions Accept() => AppendVerdict(NF_ACCEPT, null);

    /// <summary>Drops the packet.</summary>
    public NftExpressions Drop() => AppendVerdict(NF_DROP, null);

    /// <summary>Goes back to the chain that jumped here; ends a base chain.</summary>
    public NftExpressions Return() => AppendVerdict(NFT_RETURN, null);

    /// <summary>Goes on in another chain of the same table, and comes back at its end.</summary>
    /// <exception cref="ArgumentException">The name is none of a chain.</exception>
    public NftExpressions Jump(string chain) => AppendVerdict(NFT_JUMP, NftName.Require(chain));

    private NftExpressions MatchInterface(uint key, string name, bool negate)
    {
        LinkName.Require(name);
        // All 16 bytes of the name: a shorter comparison would be a prefix, shown as "x*".
        Span<byte> padded = stackalloc byte[IFNAMSIZ];
        padded.Clear();
        Encoding.UTF8.GetBytes(name, padded);
        LoadMeta(key);
        return Compare(padded, negate);
    }

    private NftExpressions MatchAddress(IPAddress net, int prefix, bool negate, uint offsetV4, uint offsetV6)
    {
        ArgumentNullException.ThrowIfNull(net);
        AddressValue.CheckedPrefix(net, prefix);
        Span<byte> address = stackalloc byte[16];
        net.TryWriteBytes(address, out int size);
        address = address[..size];
        Span<byte> mask = stackalloc byte[16];
        mask = mask[..size];
        for (int index = 0; index < size; index++)
        {
            int bits = Math.Clamp(prefix - (index * 8), 0, 8);
            mask[index] = (byte)(0xff00 >> bits);
            address[index] &= mask[index];
        }

        uint offset = size == 4 ? offsetV4 : offsetV6;
        if (prefix > 0 && prefix % 8 == 0)
        {
            // Whole bytes need no mask: only they are loaded.
            LoadPayload(NFT_PAYLOAD_NETWORK_HEADER, offset, (uint)prefix / 8);
            return Compare(address[..(prefix / 8)], negate);
        }

        LoadPayload(NFT_PAYLOAD_NETWORK_HEADER, offset, (uint)size);
        Mask(mask);
        return Compare(address, negate);
    }

    /// <summary>meta: NFTA_META_KEY, NFTA_META_DREG.</summary>
    private void LoadMeta(uint key)
    {
        Marks marks = Begin("meta");
        Messages.PutUInt32BigEndian(NFTA_META_KEY, key);
        Messages.PutUInt32BigEndian(NFTA_META_DREG, NFT_REG_1);
        End(marks);
    }

    /// <summary>payload: NFTA_PAYLOAD_DREG, _BASE, _OFFSET, _LEN.</summary>
    private void LoadPayload(uint header, uint offset, uint length)
    {
        Marks marks = Begin("payload");
        Messages.PutUInt32BigEndian(NFTA_PAYLOAD_DREG, NFT_REG_1);
        Messages.PutUInt32BigEndian(NFTA_PAYLOAD_BASE, header);
        Messages.PutUInt32BigEndian(NFTA_PAYLOAD_OFFSET, offset);
        Messages.PutUInt32BigEndian(NFTA_PAYLOAD_LEN, length);
        End(marks);
    }

    /// <summary>bitwise: NFTA_BITWISE_SREG, _DREG, _LEN, _MASK { NFTA_DATA_VALUE }, _XOR { NFTA_DATA_VALUE }.</summary>
    private void Mask(ReadOnlySpan<byte> mask)
    {
        Marks marks = Begin("bitwise");
        Messages.PutUInt32BigEndian(NFTA_BITWISE_SREG, NFT_REG_1);
        Messages.PutUInt32BigEndian(NFTA_BITWISE_DREG, NFT_REG_1);
        Messages.PutUInt32BigEndian(NFTA_BITWISE_LEN, (uint)mask.Length);
        PutValue(NFTA_BITWISE_MASK, mask);
        Span<byte> zero = stackalloc byte[16];
        zero.Clear();
        PutValue(NFTA_BITWISE_XOR, zero[..mask.Length]);
        End(marks);
    }

    /// <summary>cmp: NFTA_CMP_SREG, _OP, _DATA { NFTA_DATA_VALUE }.</summary>
    private NftExpressions Compare(ReadOnlySpan<byte> value, bool negate)
    {
        Marks marks = Begin("cmp");
        Messages.PutUInt32BigEndian(NFTA_CMP_SREG, NFT_REG_1);
        Messages.PutUInt32BigEndian(NFTA_CMP_OP, negate ? NFT_CMP_NEQ : NFT_CMP_EQ);
        PutValue(NFTA_CMP_DATA, value);
        return End(marks);
    }

    /// <summary>immediate: NFTA_IMMEDIATE_DREG, _DATA { NFTA_DATA_VERDICT { NFTA_VERDICT_CODE, _CHAIN } }.</summary>
    private NftExpressions AppendVerdict(int code, string? chain)
    {
        Marks marks = Begin("immediate");
        Messages.PutUInt32BigEndian(NFTA_IMMEDIATE_DREG, NFT_REG_VERDICT);
        int data = Messages.BeginNested(NFTA_IMMEDIATE_DATA | NLA_F_NESTED);
        int verdict = Messages.BeginNested(NFTA_DATA_VERDICT | NLA_F_NESTED);
        Messages.PutUInt32BigEndian(NFTA_VERDICT_CODE, (uint)code);
        if (chain is not null)
        {
            Messages.PutText(NFTA_VERDICT_CHAIN, chain);
        }

        Messages.EndNested(verdict);
        Messages.EndNested(data);
        return End(marks);
    }

    private NftExpressions AppendBare(string name) => End(Begin(name));

    private void PutValue(ushort type, ReadOnlySpan<byte> value)
    {
        int mark = Messages.BeginNested((ushort)(type | NLA_F_NESTED));
        Messages.Put(NFTA_DATA_VALUE, value);
        Messages.EndNested(mark);
    }

    /// <summary>NFTA_LIST_ELEM { NFTA_EXPR_NAME, NFTA_EXPR_DATA { … } }.</summary>
    private Marks Begin(string name)
    {
        int element = Messages.BeginNested(NFTA_LIST_ELEM | NLA_F_NESTED);
        Messages.PutText(NFTA_EXPR_NAME, name);
        return new Marks(element, Messages.BeginNested(NFTA_EXPR_DATA | NLA_F_NESTED));
    }

    private NftExpressions End(Marks marks)
    {
        Messages.EndNested(marks.Data);
        Messages.EndNested(marks.Element);
        return this;
    }

    private readonly record struct Marks(int Element, int Data);
}
