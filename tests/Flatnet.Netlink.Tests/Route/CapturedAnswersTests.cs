using System.Net;
using System.Net.Sockets;

namespace Flatnet.Netlink.Tests.Route;

/// <summary>Answers captured from a real kernel, read field by field.</summary>
public sealed class CapturedAnswersTests
{
    [Fact]
    public void BridgePort()
    {
        using var socket = new RouteSocket(Fixture.Channel("link-port"));
        LinkInfo link = Assert.IsType<LinkInfo>(socket.FindLink("vh0"));
        Assert.Equal("vh0", link.Name);
        Assert.Equal("veth", link.Kind);
        Assert.Equal("02:00:00:00:00:02", link.Mac.ToString());
        Assert.Equal(1400, link.Mtu);
        Assert.Equal((true, true, 6), (link.IsUp, link.IsLowerUp, link.OperState));
        Assert.Equal((2, 3), (link.MasterIndex, link.PeerIndex));
        Assert.Null(link.PeerNamespaceId);
        Assert.Equal((1, false), (link.Promiscuity, link.Promiscuous));
        Assert.Equal("flatnet web", link.Alias);
        Assert.Equal((true, true), (link.Hairpin, link.Isolated));
        Assert.Null(link.VlanFiltering);
    }

    [Fact]
    public void Bridge()
    {
        using var socket = new RouteSocket(Fixture.Channel("link-bridge"));
        LinkInfo link = Assert.IsType<LinkInfo>(socket.FindLink(2));
        Assert.Equal(("br0", "bridge", 2), (link.Name, link.Kind, link.Index));
        Assert.Equal("02:00:00:00:00:01", link.Mac.ToString());
        Assert.True(link.Promiscuous);
        Assert.False(link.VlanFiltering);
        Assert.Null(link.Hairpin);
        Assert.Null(link.Alias);
        Assert.Equal(0, link.MasterIndex);
    }

    [Fact]
    public void AllLinks()
    {
        using var socket = new RouteSocket(Fixture.Channel("links"));
        List<LinkInfo> links = socket.ListLinks();
        Assert.Equal(["lo", "br0", "eth0", "vh0"], links.ConvertAll(link => link.Name));
        Assert.Equal([null, "bridge", "veth", "veth"], links.ConvertAll(link => link.Kind));
    }

    [Fact]
    public void PortsOfABridge()
    {
        using var socket = new RouteSocket(Fixture.Channel("ports"));
        Assert.Equal(["vh0"], socket.ListPorts(2).ConvertAll(link => link.Name));
    }

    [Fact]
    public void PortsAreCheckedAgain()
    {
        using var socket = new RouteSocket(Fixture.Channel("links"));
        Assert.Equal(["vh0"], socket.ListPorts(2).ConvertAll(link => link.Name));
    }

    [Fact]
    public void Addresses()
    {
        using var socket = new RouteSocket(Fixture.Channel("addresses"));
        List<AddressInfo> addresses = socket.ListAddresses(3);
        Assert.Equal(4, addresses.Count);
        Assert.Equal(IPAddress.Parse("10.87.1.10"), addresses[0].Address);
        Assert.Equal((24, 0, 0x80u, 3), (addresses[0].PrefixLength, addresses[0].Scope, addresses[0].Flags, addresses[0].LinkIndex));
        Assert.Equal(IPAddress.Parse("fd87::11"), addresses[1].Address);
        Assert.True(addresses[1].IsTentative);
        Assert.Equal(IPAddress.Parse("fd87::10"), addresses[2].Address);
        Assert.Equal((64, 0x82u), (addresses[2].PrefixLength, addresses[2].Flags));
        Assert.Equal((false, false), (addresses[2].IsTentative, addresses[2].IsDadFailed));
        Assert.Equal(253, addresses[3].Scope);
        Assert.True(addresses[3].Address.IsIPv6LinkLocal);
    }

    [Fact]
    public void AddressesOfOtherLinksAreLeftOut()
    {
        using var socket = new RouteSocket(Fixture.Channel("addresses"));
        Assert.Empty(socket.ListAddresses(4));
    }

    [Fact]
    public void RoutesIPv4()
    {
        using var socket = new RouteSocket(Fixture.Channel("routes-ipv4"));
        List<RouteInfo> routes = socket.ListRoutes(AddressFamily.InterNetwork);
        Assert.DoesNotContain(routes, route => route.Table == 255);
        RouteInfo first = Assert.Single(routes, route => route.Destination is null);
        Assert.Equal((0, IPAddress.Parse("10.87.1.1"), 3, 7u, 254u), (first.PrefixLength, first.Gateway, first.LinkIndex, first.Priority, first.Table));
        Assert.Equal(((byte)3, (byte)1, (byte)0), (first.Protocol, first.Type, first.Scope));
        RouteInfo metrics = Assert.Single(routes, route => route.Table == 1000);
        Assert.Equal((IPAddress.Parse("10.99.0.0"), 16, 1300, 1260), (metrics.Destination, metrics.PrefixLength, metrics.Mtu, metrics.AdvMss));
        RouteInfo several = Assert.Single(routes, route => IPAddress.Parse("10.98.0.0").Equals(route.Destination));
        Assert.Equal((IPAddress.Parse("10.87.1.2"), 3), (several.Gateway, several.LinkIndex));
        RouteInfo via = Assert.Single(routes, route => IPAddress.Parse("10.97.0.0").Equals(route.Destination));
        Assert.Equal(IPAddress.Parse("fd87::1"), via.Gateway);
        RouteInfo blackhole = Assert.Single(routes, route => IPAddress.Parse("10.96.0.0").Equals(route.Destination));
        Assert.Equal((6, 0), (blackhole.Type, blackhole.LinkIndex));
        RouteInfo connected = Assert.Single(routes, route => IPAddress.Parse("10.87.1.0").Equals(route.Destination));
        Assert.Equal(((byte)253, (byte)2, (IPAddress?)null), (connected.Scope, connected.Protocol, connected.Gateway));
        Assert.Equal(6, routes.Count);
    }

    [Fact]
    public void RoutesIPv6()
    {
        using var socket = new RouteSocket(Fixture.Channel("routes-ipv6"));
        List<RouteInfo> routes = socket.ListRoutes(AddressFamily.InterNetworkV6);
        RouteInfo first = Assert.Single(routes, route => route.Destination is null);
        Assert.Equal((IPAddress.Parse("fd87::1"), 3, 1024u), (first.Gateway, first.LinkIndex, first.Priority));
        RouteInfo metrics = Assert.Single(routes, route => route.Table == 300);
        Assert.Equal((IPAddress.Parse("fd99::"), 48, 1280, 50u), (metrics.Destination, metrics.PrefixLength, metrics.Mtu, metrics.Priority));
        Assert.DoesNotContain(routes, route => route.Table == 255);
    }

    [Fact]
    public void MissingLink()
    {
        using var socket = new RouteSocket(Fixture.Channel("link-missing"));
        Assert.Null(socket.FindLink("nope"));
    }

    [Fact]
    public void RefusedRouteHasTheKernelsText()
    {
        using var socket = new RouteSocket(Fixture.Channel("route-refused"));
        RouteBatch batch = new RouteBatch().AddRoute(
            new RouteSpec { Destination = IPAddress.Any, PrefixLength = 0, Gateway = IPAddress.Parse("10.9.9.9") });
        NetlinkException error = Assert.Throws<NetlinkException>(() => socket.Execute(batch));
        Assert.Equal(
            "add route 0.0.0.0/0 via 10.9.9.9: Network is unreachable (ENETUNREACH): Nexthop has invalid gateway", error.Message);
    }

    [Fact]
    public void RefusedDumpHasTheKernelsText()
    {
        using var socket = new RouteSocket(Fixture.Channel("dump-refused"));
        NetlinkException error = Assert.Throws<NetlinkException>(socket.ListLinks);
        Assert.True(error.Is(KernelError.EINVAL));
        Assert.Equal("Filter by device index not supported for link dumps", error.KernelMessage);
    }

    // By hand after linux/if_bridge.h: this needs a kernel with CONFIG_BRIDGE_VLAN_FILTERING.
    [Fact]
    public void VlanRangesAreExpanded()
    {
        byte[] vlans =
        [
            .. Answer.Attribute(2, [6, 0, 1, 0]),
            .. Answer.Attribute(2, [8, 0, 10, 0]), .. Answer.Attribute(2, [16, 0, 12, 0]),
            .. Answer.Attribute(2, [12, 0, 20, 0]), .. Answer.Attribute(2, [20, 0, 21, 0]),
        ];
        byte[] port = Answer.Message(16, Answer.Multi, 1, [.. Answer.LinkHead(4), .. Answer.Attribute(26, vlans)]);
        byte[] other = Answer.Message(16, Answer.Multi, 1, [.. Answer.LinkHead(5), .. Answer.Attribute(26, vlans)]);
        using var socket = new RouteSocket(new FakeChannel(port, other, Answer.Done(1)));
        BridgeVlan[] expected =
        [
            new(1, true, true), new(10, false, false), new(11, false, false), new(12, false, false), new(20, false, true), new(21, false, true),
        ];
        Assert.Equal(expected, socket.ListBridgeVlans(4));
    }

    [Theory]
    [InlineData(new byte[] { 16, 0, 12, 0 }, "beginning")]
    [InlineData(new byte[] { 0, 0, 0xff, 0xff }, "too large")]
    [InlineData(new byte[] { 0, 0 }, "too short")]
    public void ImpossibleVlanIsAnError(byte[] entry, string text)
    {
        byte[] port = Answer.Message(16, Answer.Multi, 1, [.. Answer.LinkHead(4), .. Answer.Attribute(26, Answer.Attribute(2, entry))]);
        using var socket = new RouteSocket(new FakeChannel(port, Answer.Done(1)));
        NetlinkException error = Assert.Throws<NetlinkException>(() => socket.ListBridgeVlans(4));
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }
}
