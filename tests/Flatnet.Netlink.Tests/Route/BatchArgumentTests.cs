using System.Net;

namespace Flatnet.Netlink.Tests.Route;

/// <summary>What would make a malformed request is refused before anything is sent.</summary>
public sealed class BatchArgumentTests
{
    [Theory]
    [InlineData("")]
    [InlineData("sixteen-bytes-xx")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("a\0b")]
    [InlineData("..")]
    [InlineData("ääääääää")]
    public void NameNoLinkCanHave(string name)
    {
        Assert.Throws<ArgumentException>(() => new RouteBatch().CreateBridge(new BridgeSpec { Name = name }));
        Assert.Throws<ArgumentException>(() => new RouteBatch().CreateVeth(new VethSpec { Name = "ok", PeerName = name }));
        Assert.Throws<ArgumentException>(() => new RouteBatch().DeleteLink(name));
        Assert.Throws<ArgumentException>(() => new RouteBatch().SetLink(0, name, new LinkChange { Up = true }));
        using var socket = new RouteSocket(new FakeChannel());
        Assert.Null(socket.FindLink(name));
    }

    [Fact]
    public void LongestNameIsFine() => Assert.Equal(1, new RouteBatch().DeleteLink("fifteen-bytes-x").Count);

    [Fact]
    public void PrefixLongerThanTheAddress()
    {
        Assert.Throws<ArgumentException>(() => new RouteBatch().AddAddress(Address("10.0.0.1", 33)));
        Assert.Throws<ArgumentException>(() => new RouteBatch().AddAddress(Address("10.0.0.1", -1)));
        Assert.Throws<ArgumentException>(() => new RouteBatch().AddAddress(Address("fd00::1", 129)));
        Assert.Equal(1, new RouteBatch().AddAddress(Address("fd00::1", 128)).Count);
    }

    [Fact]
    public void GatewayOfTheOtherFamily() => Assert.Throws<ArgumentException>(() => new RouteBatch().AddRoute(
        new RouteSpec { Destination = IPAddress.Any, PrefixLength = 0, Gateway = IPAddress.IPv6Loopback }));

    [Fact]
    public void AliasOf256Bytes()
    {
        Assert.Throws<ArgumentException>(() => new RouteBatch().SetLink(1, "x", new LinkChange { Alias = new string('x', 256) }));
        Assert.Equal(1, new RouteBatch().SetLink(1, "x", new LinkChange { Alias = new string('x', 255) }).Count);
    }

    [Fact]
    public void OrderedChangesTakeTwoMessages()
    {
        Assert.Equal(2, new RouteBatch().SetLink(1, "x", new LinkChange { MasterIndex = 2, Hairpin = true }).Count);
        Assert.Equal(2, new RouteBatch().SetLink(1, "x", new LinkChange { Up = true, ArpNotify = true }).Count);
        Assert.Equal(1, new RouteBatch().SetLink(1, "x", new LinkChange { Up = true, Hairpin = true, Alias = "a", Isolated = false }).Count);
    }

    private static AddressSpec Address(string address, int prefix) =>
        new() { LinkIndex = 1, Address = IPAddress.Parse(address), PrefixLength = prefix };
}
