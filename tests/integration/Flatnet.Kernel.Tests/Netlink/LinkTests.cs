using System.Text.Json;
using Flatnet.Netlink;

namespace Flatnet.Kernel.Tests.Netlink;

public sealed class LinkTests : IDisposable
{
    private static readonly MacAddress Pinned = MacAddress.FromBytes([2, 0, 0, 0, 0, 1]);

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void BridgeHasItsAddressAndMtu()
    {
        _sandbox.Route.Execute(new RouteBatch().CreateBridge(new BridgeSpec { Name = "br0", Mtu = 1400, Mac = Pinned }));
        JsonElement link = _sandbox.Link("br0");
        Assert.Equal("bridge", link.GetProperty("linkinfo").Text("info_kind"));
        Assert.Equal(("02:00:00:00:00:01", 1400), (link.Text("address"), link.Number("mtu")));
        Assert.DoesNotContain("UP", link.Flags());
        LinkInfo info = _sandbox.Find("br0");
        Assert.Equal(("bridge", Pinned, 1400, false, false), (info.Kind, info.Mac, info.Mtu, info.IsUp, info.VlanFiltering));
    }

    [Fact]
    public void ExistingNameIsRefused()
    {
        RouteBatch batch = new RouteBatch().CreateBridge(new BridgeSpec { Name = "br0" });
        _sandbox.Route.Execute(batch);
        NetlinkException error = Assert.Throws<NetlinkException>(() => _sandbox.Route.Execute(batch));
        Assert.Equal("create bridge br0: File exists (EEXIST)", error.Message);
    }

    [Fact]
    public void BatchGoesOnAfterARefusal()
    {
        _sandbox.Route.Execute(new RouteBatch().CreateBridge(new BridgeSpec { Name = "br0" }));
        NetlinkException error = Assert.Throws<NetlinkException>(() => _sandbox.Route.Execute(new RouteBatch()
            .CreateBridge(new BridgeSpec { Name = "br0" }).CreateBridge(new BridgeSpec { Name = "br1" }).DeleteLink("nope")));
        Assert.Equal(("br0", "EEXIST"), (error.Target, error.ErrnoName));
        Assert.Equal("br1", _sandbox.Link("br1").Text("ifname"));
        Assert.Equal(["lo", "br0", "br1"], _sandbox.Route.ListLinks().ConvertAll(link => link.Name));
    }

    [Fact]
    public void KernelExplainsItsRefusal()
    {
        _sandbox.Route.Execute(new RouteBatch().CreateBridge(new BridgeSpec { Name = "br0" }).CreateBridge(new BridgeSpec { Name = "br1" }));
        int index = _sandbox.Find("br0").Index;
        NetlinkException error = Assert.Throws<NetlinkException>(
            () => _sandbox.Route.Execute(new RouteBatch().SetLink(_sandbox.Find("br1").Index, "br1", new LinkChange { MasterIndex = index })));
        Assert.Equal(("change link", "br1"), (error.Operation, error.Target));
        Assert.Contains("bridge", error.KernelMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void MtuOutOfRangeIsExplained()
    {
        _sandbox.Route.Execute(new RouteBatch().CreateBridge(new BridgeSpec { Name = "br0" }));
        NetlinkException error = Assert.Throws<NetlinkException>(
            () => _sandbox.Route.Execute(new RouteBatch().SetLink(0, "br0", new LinkChange { Mtu = 20 })));
        Assert.Equal("change link br0: Invalid argument (EINVAL): mtu less than device minimum", error.Message);
    }

    [Fact]
    public void EverythingOfALinkCanBeChanged()
    {
        _sandbox.Route.Execute(new RouteBatch().CreateBridge(new BridgeSpec { Name = "br0" }));
        int index = _sandbox.Find("br0").Index;
        _sandbox.Route.Execute(new RouteBatch().SetLink(
            index, "br0", new LinkChange { Up = true, Promiscuous = true, Mtu = 1300, Mac = Pinned, Alias = "flatnet: größe" }));
        JsonElement link = _sandbox.Link("br0");
        Assert.Contains("UP", link.Flags());
        Assert.Contains("PROMISC", link.Flags());
        Assert.Equal((1300, "02:00:00:00:00:01", "flatnet: größe"), (link.Number("mtu"), link.Text("address"), link.Text("ifalias")));
        LinkInfo info = _sandbox.Find("br0");
        Assert.Equal((true, true, 1, "flatnet: größe"), (info.IsUp, info.Promiscuous, info.Promiscuity, info.Alias));

        _sandbox.Route.Execute(new RouteBatch().SetLink(index, "br0", new LinkChange { Up = false, Promiscuous = false, Alias = "", NewName = "br9" }));
        link = _sandbox.Link("br9");
        Assert.DoesNotContain("UP", link.Flags());
        Assert.DoesNotContain("PROMISC", link.Flags());
        Assert.Null(link.Text("ifalias"));
        Assert.Null(_sandbox.Route.FindLink("br0"));
    }

    [Fact]
    public void LinksAreFoundByNameNumberAndAlternativeName()
    {
        _sandbox.Run("ip", "link", "add", "br0", "type", "bridge");
        _sandbox.Run("ip", "link", "property", "add", "dev", "br0", "altname", "another");
        LinkInfo link = _sandbox.Find("br0");
        Assert.Equal(_sandbox.Link("br0").Number("ifindex"), link.Index);
        Assert.Equal(link, _sandbox.Route.FindLink(link.Index));
        Assert.Equal(link, _sandbox.Route.FindLink("another"));
        Assert.Null(_sandbox.Route.FindLink("br1"));
        Assert.Null(_sandbox.Route.FindLink(link.Index + 1000));
        Assert.Null(_sandbox.Route.FindLink(0));
    }

    [Fact]
    public void LinksAreDeletedByNameOrNumber()
    {
        _sandbox.Run("ip", "link", "add", "br0", "type", "bridge");
        _sandbox.Run("ip", "link", "add", "br1", "type", "bridge");
        _sandbox.Route.Execute(new RouteBatch().DeleteLink("br0").DeleteLink(_sandbox.Find("br1").Index, "br1"));
        Assert.Equal(1, _sandbox.Json("ip", "-j", "link").GetArrayLength());
        NetlinkException error = Assert.Throws<NetlinkException>(() => _sandbox.Route.Execute(new RouteBatch().DeleteLink("br0")));
        Assert.Equal("delete link br0: No such device (ENODEV)", error.Message);
    }

    [Fact]
    public void PortsAreThoseOfOneBridge()
    {
        foreach (string bridge in (string[])["br0", "br1", "br2"])
        {
            _sandbox.Run("ip", "link", "add", bridge, "type", "bridge");
        }

        for (int index = 0; index < 4; index++)
        {
            _sandbox.Run("ip", "link", "add", "a" + index, "type", "veth", "peer", "name", "b" + index);
            _sandbox.Run("ip", "link", "set", "a" + index, "master", index < 3 ? "br0" : "br1");
        }

        Assert.Equal(["a0", "a1", "a2"], Ports("br0"));
        Assert.Equal(["a3"], Ports("br1"));
        Assert.Empty(Ports("br2"));
        Assert.Empty(_sandbox.Route.ListPorts(4711));
        Assert.Empty(_sandbox.Route.ListBridgeVlans(4711));
    }

    private List<string> Ports(string bridge)
    {
        List<string> names = _sandbox.Route.ListPorts(_sandbox.Find(bridge).Index).ConvertAll(link => link.Name);
        names.Sort(StringComparer.Ordinal);
        return names;
    }
}
