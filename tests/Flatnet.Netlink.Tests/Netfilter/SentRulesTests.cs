using System.Net;
using Flatnet.Netlink.Transport;

namespace Flatnet.Netlink.Tests.Netfilter;

/// <summary>Rules, byte for byte as nft(8) sends them.</summary>
public sealed class SentRulesTests
{
    [Fact]
    public void Egress() => AssertSame("sent-rule-egress", new NftTransaction().AddRule(
        NftFamily.Inet,
        "f",
        "c",
        new NftExpressions().MatchIPVersion(4).MatchSource(IPAddress.Parse("10.87.1.0"), 24)
            .MatchDestination(IPAddress.Parse("10.80.0.0"), 12, negate: true).MatchOutputInterface("br0", negate: true).Counter().Masquerade(),
        "flatnet egress"));

    [Fact]
    public void IPv6() => AssertSame("sent-rule-ipv6", new NftTransaction().AddRule(
        NftFamily.Inet,
        "f",
        "c",
        new NftExpressions().MatchIPVersion(6).MatchSource(IPAddress.Parse("fd87::5"), 64)
            .MatchDestination(IPAddress.Parse("fd00::"), 61, negate: true).Counter().Jump("x"),
        ""));

    [Fact]
    public void SpoofCheck() => AssertSame("sent-rule-spoof", new NftTransaction().AddRule(
        NftFamily.Bridge,
        "f",
        "c",
        new NftExpressions().MatchInputInterface("v0").MatchEtherSource(MacAddress.FromBytes([2, 0, 0, 0, 0, 1]), negate: true).Drop(),
        ""));

    [Fact]
    public void HostAndEverybodyAtTheHead() => AssertSame("sent-rule-host", new NftTransaction().InsertRule(
        NftFamily.IPv4,
        "f",
        "c",
        new NftExpressions().MatchSource(IPAddress.Parse("10.0.0.1"), 32).MatchDestination(IPAddress.Any, 0).Return(),
        ""));

    [Fact]
    public void Accept() => AssertSame("sent-rule-accept", new NftTransaction().AddRule(
        NftFamily.IPv4, "f", "c", new NftExpressions().MatchInputInterface("eth0").Accept(), ""));

    [Theory]
    [InlineData("")]
    [InlineData("1table")]
    [InlineData("two words")]
    [InlineData("a;b")]
    [InlineData("größe")]
    public void NameNftCannotListIsRefused(string name) =>
        Assert.ThrowsAny<ArgumentException>(() => new NftTransaction().AddTable(NftFamily.Inet, name));

    [Fact]
    public void CommentNftCannotListIsRefused()
    {
        Assert.Throws<ArgumentException>(() => AddWith(new string('x', 128)));
        Assert.Throws<ArgumentException>(() => AddWith("say \"no\""));
        Assert.Equal(1, AddWith(new string('x', 127)).Count);
    }

    [Fact]
    public void ImpossibleMatchIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NftExpressions().MatchIPVersion(5));
        Assert.Throws<ArgumentException>(() => new NftExpressions().MatchSource(IPAddress.Any, 33));
        Assert.Throws<ArgumentException>(() => new NftExpressions().MatchInputInterface("sixteen-bytes-xx"));
    }

    private static NftTransaction AddWith(string comment) =>
        new NftTransaction().AddRule(NftFamily.Inet, "t", "c", new NftExpressions().Accept(), comment);

    private static void AssertSame(string fixture, NftTransaction transaction)
    {
        var channel = new FakeChannel(Answer.Acknowledge(2));
        using var socket = new NftSocket(channel);
        socket.Commit(transaction);
        Assert.Equal(Normalized(Fixture.Datagrams(fixture)[0]), Normalized(channel.Sent[0]));
    }

    // nft counts from 0 and asks for no acknowledgement; everything else has to be the same.
    private static List<string> Normalized(byte[] datagram)
    {
        var messages = new List<string>();
        var reader = new MessageReader(datagram);
        while (reader.MoveNext())
        {
            messages.Add($"{reader.Header.nlmsg_type:x4} {reader.Header.nlmsg_flags & ~4:x4} {Convert.ToHexString(reader.Body)}");
        }

        return messages;
    }
}
