using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Flatnet.Netlink;

namespace Flatnet.Kernel.Tests.Netlink;

public sealed class RouteTests : IDisposable
{
    private readonly Sandbox _sandbox = new();
    private readonly int _index;

    public RouteTests()
    {
        _sandbox.Run("ip", "link", "add", "eth0", "up", "type", "veth", "peer", "name", "other");
        _sandbox.Run("ip", "link", "set", "other", "up");
        _sandbox.Run("ip", "address", "add", "10.87.1.10/24", "dev", "eth0");
        _sandbox.Run("ip", "address", "add", "fd87::10/64", "dev", "eth0", "nodad");
        _index = _sandbox.Find("eth0").Index;
    }

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void DefaultRouteOfBothFamilies()
    {
        _sandbox.Route.Execute(new RouteBatch()
            .AddRoute(new RouteSpec { Destination = IPAddress.Any, PrefixLength = 0, Gateway = IPAddress.Parse("10.87.1.1") })
            .AddRoute(new RouteSpec { Destination = IPAddress.IPv6Any, PrefixLength = 0, Gateway = IPAddress.Parse("fd87::1"), LinkIndex = _index }));
        Assert.Equal(("10.87.1.1", "eth0"), Of(_sandbox.Json("ip", "-j", "route", "show", "default")[0]));
        Assert.Equal(("fd87::1", "eth0"), Of(_sandbox.Json("ip", "-6", "-j", "route", "show", "default")[0]));
        Assert.Single(_sandbox.Route.ListRoutes(AddressFamily.InterNetwork), route => route.Destination is null);
        Assert.Single(_sandbox.Route.ListRoutes(AddressFamily.InterNetworkV6), route => route.Destination is null);

        static (string?, string?) Of(JsonElement route) => (route.Text("gateway"), route.Text("dev"));
    }

    [Fact]
    public void EveryDetailOfARoute()
    {
        var spec = new RouteSpec
        {
            Destination = IPAddress.Parse("10.99.0.0"),
            PrefixLength = 16,
            Gateway = IPAddress.Parse("10.87.1.1"),
            LinkIndex = _index,
            Priority = 42,
            Table = 1000,
            Mtu = 1300,
            AdvMss = 1260,
        };
        _sandbox.Route.Execute(new RouteBatch().AddRoute(spec).AddRoute(spec with { Table = 100, Destination = IPAddress.Parse("10.98.0.0") }));
        JsonElement route = _sandbox.Json("ip", "-j", "-d", "route", "show", "table", "1000")[0];
        Assert.Equal(("10.99.0.0/16", "10.87.1.1", "eth0", 42), (route.Text("dst"), route.Text("gateway"), route.Text("dev"), route.Number("metric")));
        JsonElement metrics = route.GetProperty("metrics")[0];
        Assert.Equal((1300, 1260), (metrics.Number("mtu"), metrics.Number("advmss")));
        Assert.Equal("10.98.0.0/16", _sandbox.Json("ip", "-j", "route", "show", "table", "100")[0].Text("dst"));
        RouteInfo info = Assert.Single(_sandbox.Route.ListRoutes(AddressFamily.InterNetwork), found => found.Table == 1000);
        Assert.Equal((spec.Destination, 16, spec.Gateway, _index), (info.Destination, info.PrefixLength, info.Gateway, info.LinkIndex));
        Assert.Equal((42u, 1300, 1260, (byte)0, (byte)3, (byte)1), (info.Priority, info.Mtu, info.AdvMss, info.Scope, info.Protocol, info.Type));
    }

    [Fact]
    public void ScopeIsLinkWithoutGatewayOrAsAsked()
    {
        _sandbox.Route.Execute(new RouteBatch()
            .AddRoute(new RouteSpec { Destination = IPAddress.Parse("10.90.0.0"), PrefixLength = 16, LinkIndex = _index })
            .AddRoute(new RouteSpec { Destination = IPAddress.Parse("10.91.0.0"), PrefixLength = 16, LinkIndex = _index, Scope = 0 }));
        Assert.Equal("link", Route("10.90.0.0/16").Text("scope"));
        Assert.Equal("global", Route("10.91.0.0/16").Text("scope"));

        JsonElement Route(string prefix) => _sandbox.Json("ip", "-j", "-d", "route", "show", prefix)[0];
    }

    [Fact]
    public void SameRouteIsToleratedOnlyOnRequestAndAnotherGatewayComesFirst()
    {
        var spec = new RouteSpec { Destination = IPAddress.Any, PrefixLength = 0, Gateway = IPAddress.Parse("10.87.1.1") };
        _sandbox.Route.Execute(new RouteBatch().AddRoute(spec));
        _sandbox.Route.Execute(new RouteBatch().AddRoute(spec, tolerateExisting: true));
        NetlinkException error = Assert.Throws<NetlinkException>(() => _sandbox.Route.Execute(new RouteBatch().AddRoute(spec)));
        Assert.Equal("add route 0.0.0.0/0 via 10.87.1.1: File exists (EEXIST)", error.Message);
        _sandbox.Route.Execute(new RouteBatch().AddRoute(spec with { Gateway = IPAddress.Parse("10.87.1.2") }));
        JsonElement routes = _sandbox.Json("ip", "-j", "route", "show", "default");
        Assert.Equal((2, "10.87.1.2"), (routes.GetArrayLength(), routes[0].Text("gateway")));
    }

    [Fact]
    public void GatewayNobodyReachesIsExplained()
    {
        NetlinkException error = Assert.Throws<NetlinkException>(() => _sandbox.Route.Execute(new RouteBatch().AddRoute(
            new RouteSpec { Destination = IPAddress.Any, PrefixLength = 0, Gateway = IPAddress.Parse("10.9.9.9"), LinkIndex = _index })));
        Assert.Equal("add route 0.0.0.0/0 via 10.9.9.9: Network is unreachable (ENETUNREACH): Nexthop has invalid gateway", error.Message);
    }

    [Fact]
    public void LocalTableIsLeftOut()
    {
        Assert.NotEqual(0, _sandbox.Json("ip", "-j", "route", "show", "table", "local").GetArrayLength());
        Assert.DoesNotContain(_sandbox.Route.ListRoutes(AddressFamily.InterNetwork), route => route.Table == 255);
        Assert.Equal(
            _sandbox.Json("ip", "-j", "route").GetArrayLength(), _sandbox.Route.ListRoutes(AddressFamily.InterNetwork).Count);
    }
}
