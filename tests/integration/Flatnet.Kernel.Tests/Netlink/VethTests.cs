using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Flatnet.Netlink;

namespace Flatnet.Kernel.Tests.Netlink;

public sealed class VethTests : IDisposable
{
    private readonly Sandbox _host = new();
    private readonly Sandbox _container = new();

    public VethTests() => _host.Run("ip", "link", "add", "br0", "address", "02:00:00:00:00:01", "up", "type", "bridge");

    private int BridgeIndex => _host.Find("br0").Index;

    public void Dispose()
    {
        _container.Dispose();
        _host.Dispose();
    }

    [Fact]
    public void OneMessageMakesThePairPlugsItInAndMovesTheOtherEnd()
    {
        RouteBatch batch = new RouteBatch().CreateVeth(new VethSpec
        {
            Name = "veth12345678",
            Mtu = 1400,
            Mac = MacAddress.FromBytes([2, 0, 0, 0, 0, 2]),
            MasterIndex = BridgeIndex,
            Up = true,
            PeerName = "eth0",
            PeerMac = MacAddress.FromBytes([2, 0, 0, 0, 0, 3]),
            PeerNamespace = _container.Namespace,
        });
        Assert.Equal(1, batch.Count);
        _host.Route.Execute(batch);

        JsonElement host = _host.Link("veth12345678");
        Assert.Equal(("02:00:00:00:00:02", 1400, "br0"), (host.Text("address"), host.Number("mtu"), host.Text("master")));
        Assert.Contains("UP", host.Flags());
        JsonElement peer = _container.Link("eth0");
        Assert.Equal(("02:00:00:00:00:03", 1400), (peer.Text("address"), peer.Number("mtu")));
        Assert.DoesNotContain("UP", peer.Flags());

        LinkInfo hostInfo = _host.Find("veth12345678");
        LinkInfo peerInfo = _container.Find("eth0");
        Assert.Equal((peerInfo.Index, hostInfo.Index), (hostInfo.PeerIndex, peerInfo.PeerIndex));
        Assert.NotNull(hostInfo.PeerNamespaceId);
        // 2 or 3, as far as the kernel has got.
        Assert.NotEqual(6, hostInfo.OperState);
        Assert.Equal(("veth", false), (hostInfo.Kind, hostInfo.IsLowerUp));
        _container.Route.Execute(new RouteBatch().SetLink(peerInfo.Index, "eth0", new LinkChange { Up = true }));
        // The kernel tells the other end from a work queue.
        Assert.True(SpinWait.SpinUntil(() => _host.Find("veth12345678") is { OperState: 6, IsLowerUp: true }, 5000));
    }

    [Fact]
    public void NameTakenInsideIsRefusedAndNothingStays()
    {
        _container.Run("ip", "link", "add", "eth0", "type", "bridge");
        NetlinkException error = Assert.Throws<NetlinkException>(() => _host.Connect(_container));
        Assert.True(error.Is(KernelError.EEXIST), error.Message);
        Assert.Null(_host.Route.FindLink("host"));
    }

    [Fact]
    public void BothEndsInOneNamespace()
    {
        _host.Route.Execute(new RouteBatch().CreateVeth(new VethSpec { Name = "a", PeerName = "b", PeerMasterIndex = BridgeIndex }));
        Assert.Equal("br0", _host.Link("b").Text("master"));
        Assert.Null(_host.Link("a").Text("master"));
        Assert.Equal("b", _host.Link("a").Text("link"));
        Assert.Null(_host.Find("a").PeerNamespaceId);
        Assert.Equal(1500, _host.Find("a").Mtu);
    }

    [Fact]
    public void DeletingOneEndTakesTheOther()
    {
        _host.Connect(_container);
        _container.Route.Execute(new RouteBatch().DeleteLink("eth0"));
        Assert.Null(_host.Route.FindLink("host"));
    }

    [Fact]
    public void PortFlagsUpAndAliasInOneMessageBehindTheCreation()
    {
        RouteBatch batch = new RouteBatch()
            .CreateVeth(new VethSpec { Name = "host", PeerName = "eth0", PeerNamespace = _container.Namespace, MasterIndex = BridgeIndex })
            .SetLink(0, "host", new LinkChange { Up = true, Alias = "flatnet web eth0", Hairpin = true, Isolated = true });
        Assert.Equal(2, batch.Count);
        _host.Route.Execute(batch);
        JsonElement link = _host.Link("host");
        Assert.Equal("flatnet web eth0", link.Text("ifalias"));
        Assert.Contains("UP", link.Flags());
        AssertPort(hairpin: true, isolated: true);
    }

    [Fact]
    public void PortFlagsTogetherWithTheMaster()
    {
        _host.Connect(_container);
        int index = _host.Find("host").Index;
        _host.Route.Execute(new RouteBatch().SetLink(index, "host", new LinkChange { MasterIndex = BridgeIndex, Hairpin = true, Isolated = false }));
        AssertPort(hairpin: true, isolated: false);
        _host.Route.Execute(new RouteBatch().SetLink(index, "host", new LinkChange { Hairpin = false, Isolated = true }));
        AssertPort(hairpin: false, isolated: true);
        _host.Route.Execute(new RouteBatch().SetLink(index, "host", new LinkChange { MasterIndex = 0 }));
        Assert.Null(_host.Link("host").Text("master"));
        Assert.Null(_host.Find("host").Hairpin);
    }

    [Fact]
    public void PortFlagsOfWhatIsNoPortAreRefused()
    {
        _host.Connect(_container);
        NetlinkException error = Assert.Throws<NetlinkException>(
            () => _host.Route.Execute(new RouteBatch().SetLink(0, "host", new LinkChange { Hairpin = true })));
        Assert.True(error.Is(KernelError.EOPNOTSUPP), error.Message);
    }

    [Fact]
    public void ArpNotifyAnnouncesTheAddressWhenTheLinkComesUp()
    {
        _host.Connect(_container);
        _host.Run("ip", "link", "set", "host", "up");
        using Process capture = _host.Start("timeout", "15", "tcpdump", "-n", "-l", "-c", "1", "-i", "host", "arp");
        while (capture.StandardError.ReadLine() is string line && !line.StartsWith("listening on", StringComparison.Ordinal))
        {
        }

        int index = _container.Find("eth0").Index;
        _container.Route.Execute(new RouteBatch()
            .AddAddress(new AddressSpec { LinkIndex = index, Address = IPAddress.Parse("10.87.1.10"), PrefixLength = 24 })
            .SetLink(index, "eth0", new LinkChange { ArpNotify = true, Up = true }));
        Assert.Equal("1", _container.Run("cat", "/proc/sys/net/ipv4/conf/eth0/arp_notify").Trim());
        string seen = capture.StandardOutput.ReadToEnd();
        capture.WaitForExit();
        Assert.Contains("who-has 10.87.1.10 tell 10.87.1.10", seen, StringComparison.Ordinal);
        _container.Route.Execute(new RouteBatch().SetLink(index, "eth0", new LinkChange { ArpNotify = false }));
        Assert.Equal("0", _container.Run("cat", "/proc/sys/net/ipv4/conf/eth0/arp_notify").Trim());
    }

    private void AssertPort(bool hairpin, bool isolated)
    {
        JsonElement port = _host.Json("bridge", "-j", "-d", "link", "show", "dev", "host")[0];
        Assert.Equal((hairpin, isolated), (port.GetProperty("hairpin").GetBoolean(), port.GetProperty("isolated").GetBoolean()));
        LinkInfo info = _host.Find("host");
        Assert.Equal((hairpin, isolated), (info.Hairpin, info.Isolated));
    }
}
