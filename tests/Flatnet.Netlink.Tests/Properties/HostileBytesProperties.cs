using System.Net.Sockets;
using Flatnet.Netlink.Netfilter;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Netlink.Tests.Properties;

/// <summary>Whatever bytes arrive: a valid result or a <see cref="NetlinkException"/>, soon, and nothing else.</summary>
public sealed class HostileBytesProperties
{
    private static readonly string[] RouteFixtures =
        ["link-port", "link-bridge", "links", "ports", "addresses", "routes-ipv4", "routes-ipv6", "route-refused", "dump-refused", "link-missing"];

    private static readonly string[] RulesetFixtures = ["nft-generation", "nft-chain", "nft-chains", "nft-rules", "nft-chain-missing"];

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void ArbitraryDatagrams() =>
        Check.One(Many, Prop.ForAll<byte[][]>(datagrams => AskEverything(() => Channel(Answer.Port, datagrams))));

    [Fact]
    public void ArbitraryBodiesInSoundMessages()
    {
        Gen<byte[]> message =
            from type in Gen.OneOf(Gen.Elements<ushort>(2, 3, 4, 16, 20, 24, 0xa00, 0xa03, 0xa06, 0xa0f), Gen.Choose(0, ushort.MaxValue).Select(value => (ushort)value))
            from flags in Gen.Elements<ushort>(0, 2, 0x12, 0x100, 0x200, 0x300, 0x302)
            from sequence in Gen.Choose(0, 3)
            from body in ArbMap.Default.GeneratorFor<byte[]>()
            select Answer.Message(type, flags, (uint)sequence, body);
        Check.One(Many, Prop.ForAll(message.ListOf().ToArbitrary(), datagrams => AskEverything(() => Channel(Answer.Port, datagrams))));
    }

    [Fact]
    public void ArbitraryAttributesInSoundMessages()
    {
        Gen<byte[]> attribute =
            from type in Gen.Choose(0, 50)
            from isNested in ArbMap.Default.GeneratorFor<bool>()
            from value in ArbMap.Default.GeneratorFor<byte[]>()
            select Answer.Attribute((ushort)type, isNested ? Answer.Attribute((ushort)(type % 8), value) : value);
        Gen<byte[]> message =
            from type in Gen.Elements<ushort>(16, 20, 24, 0xa03, 0xa06, 0xa0f)
            from headSize in Gen.Elements(0, 4, 8, 12, 16)
            from family in Gen.Elements<byte>(0, 2, 7, 10)
            from attributes in attribute.ListOf()
            select Answer.Message(type, 2, 1, [family, .. new byte[Math.Max(0, headSize - 1)], .. attributes.SelectMany(bytes => bytes)]);
        Check.One(Many, Prop.ForAll(message.ListOf().ToArbitrary(), datagrams => AskEverything(() => Channel(Answer.Port, datagrams))));
    }

    [Fact]
    public void MutatedAnswersOfARealKernel()
    {
        Gen<(string Name, int Seed, int Changes, int Cut)> mutation =
            from name in Gen.Elements(RouteFixtures.Concat(RulesetFixtures).ToArray())
            from seed in Gen.Choose(0, int.MaxValue - 1)
            from changes in Gen.Choose(0, 6)
            from cut in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 200)))
            select (name, seed, changes, cut);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(mutation.ToArbitrary(), AskMutated));
    }

    [Fact]
    public void EndlessRepetitionEnds()
    {
        Gen<byte[]> message =
            from type in Gen.Elements<ushort>(1, 2, 3, 77)
            from sequence in Gen.Choose(0, 2)
            from flags in Gen.Elements<ushort>(0, 2, 0x12)
            select Answer.Message(type, flags, (uint)sequence, new byte[20]);
        // Sound parts for ever take longer to be given up, see below.
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(message.ToArbitrary(), bytes => AskEverything(() => Endless(bytes))));
    }

    [Fact]
    public void TableWithoutEndIsGivenUp()
    {
        byte[] datagram = [.. Enumerable.Range(0, 1000).SelectMany(_ => Answer.Message(77, Answer.Multi, 1, []))];
        using var socket = new RouteSocket(new FakeChannel(datagram) { IsEndless = true });
        NetlinkException error = Assert.Throws<NetlinkException>(socket.ListLinks);
        Assert.Contains("does not end", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CommentsOfOthersNeverFail() => Check.One(Many, Prop.ForAll<byte[]>(bytes =>
    {
        string? comment = NftComment.Decode(bytes);
        return comment is null || comment.Length <= bytes.Length;
    }));

    [Fact]
    public void CommentsComeBack() => Check.One(Many, Prop.ForAll(
        Gen.Elements("abc äöü-:/1".ToCharArray()).ArrayOf().Where(text => System.Text.Encoding.UTF8.GetByteCount(text) <= 127).ToArbitrary(),
        text => NftComment.Decode(NftComment.Encode(new string(text))) == new string(text)));

    private static FakeChannel Channel(uint port, IEnumerable<byte[]> datagrams) => new(port, datagrams);

    private static FakeChannel Endless(byte[] message)
    {
        bool isPart = BitConverter.ToUInt16(message, 4) == 77 && (BitConverter.ToUInt16(message, 6) & 2) != 0 && BitConverter.ToUInt32(message, 8) == 1;
        return new FakeChannel(Answer.Port, [message]) { IsEndless = !isPart };
    }

    private static bool AskMutated((string Name, int Seed, int Changes, int Cut) mutation)
    {
        var random = new Random(mutation.Seed);
        List<byte[]> datagrams = Fixture.Datagrams(mutation.Name);
        uint port = BitConverter.ToUInt32(datagrams[0], 12);
        byte[] target = datagrams[random.Next(datagrams.Count)];
        for (int change = 0; change < mutation.Changes; change++)
        {
            target[random.Next(target.Length)] = (byte)random.Next(256);
        }

        if (mutation.Cut > 0)
        {
            datagrams[datagrams.IndexOf(target)] = target[..Math.Max(1, target.Length - mutation.Cut)];
        }

        return AskEverything(() => Channel(port, datagrams));
    }

    private static bool AskEverything(Func<FakeChannel> channel) =>
        Ask(channel, channel => new RouteSocket(channel).ListLinks())
        && Ask(channel, channel => new RouteSocket(channel).FindLink("eth0"))
        && Ask(channel, channel => new RouteSocket(channel).ListPorts(2))
        && Ask(channel, channel => new RouteSocket(channel).ListAddresses(3))
        && Ask(channel, channel => new RouteSocket(channel).ListRoutes(AddressFamily.InterNetwork))
        && Ask(channel, channel => new RouteSocket(channel).ListRoutes(AddressFamily.InterNetworkV6))
        && Ask(channel, channel => new RouteSocket(channel).ListBridgeVlans(4))
        && Ask(channel, channel => new RouteSocket(channel).Execute(new RouteBatch().DeleteLink("x").DeleteLink("y")))
        && Ask(channel, channel => new NftSocket(channel).Generation())
        && Ask(channel, channel => new NftSocket(channel).FindChain(NftFamily.Inet, "flatnet", "egress"))
        && Ask(channel, channel => new NftSocket(channel).ListChains(NftFamily.Inet, "flatnet"))
        && Ask(channel, channel => new NftSocket(channel).ListRules(NftFamily.Inet, "flatnet", "egress"))
        && Ask(channel, channel => new NftSocket(channel).Commit(new NftTransaction().AddTable(NftFamily.Inet, "flatnet")));

    private static bool Ask(Func<FakeChannel> make, Action<FakeChannel> question)
    {
        FakeChannel channel = make();
        try
        {
            question(channel);
        }
        catch (NetlinkException error)
        {
            return error.Message.Length > 0 && channel.Taken < 10_000;
        }

        return channel.Taken < 10_000;
    }
}
