using System.Net;
using System.Text.Json;
using Flatnet.Netlink;

namespace Flatnet.Kernel.Tests.Netlink;

public sealed class AddressTests : IDisposable
{
    private readonly Sandbox _sandbox = new();
    private readonly int _index;

    public AddressTests()
    {
        _sandbox.Run("ip", "link", "add", "br0", "type", "bridge");
        _sandbox.Run("ip", "link", "set", "br0", "up");
        _index = _sandbox.Find("br0").Index;
    }

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void IPv4WithBroadcast()
    {
        AddressSpec spec = Spec("10.87.1.10", 24) with { Broadcast = IPAddress.Parse("10.87.1.255") };
        _sandbox.Route.Execute(new RouteBatch().AddAddress(spec));
        JsonElement address = Assert.Single(Addresses("inet"));
        Assert.Equal(("10.87.1.10", 24, "10.87.1.255", "global"), (address.Text("local"), address.Number("prefixlen"), address.Text("broadcast"), address.Text("scope")));
        AddressInfo info = Assert.Single(_sandbox.Route.ListAddresses(_index), found => found.Address.Equals(spec.Address));
        Assert.Equal((24, _index, 0), (info.PrefixLength, info.LinkIndex, info.Scope));

        _sandbox.Route.Execute(new RouteBatch().DeleteAddress(Spec("10.87.1.10", 24)));
        Assert.Empty(Addresses("inet"));
        NetlinkException error = Assert.Throws<NetlinkException>(() => _sandbox.Route.Execute(new RouteBatch().DeleteAddress(Spec("10.87.1.10", 24))));
        Assert.True(error.Is(KernelError.EADDRNOTAVAIL), error.Message);
    }

    [Fact]
    public void IPv6WithoutDuplicateDetection()
    {
        _sandbox.Route.Execute(new RouteBatch().AddAddress(Spec("fd87::10", 64) with { NoDad = true }));
        JsonElement address = Assert.Single(Addresses("inet6"), found => found.Text("local") == "fd87::10");
        Assert.Equal(64, address.Number("prefixlen"));
        Assert.True(address.GetProperty("nodad").GetBoolean());
        AddressInfo info = Assert.Single(_sandbox.Route.ListAddresses(_index), found => found.Address.Equals(IPAddress.Parse("fd87::10")));
        Assert.Equal((false, false), (info.IsTentative, info.IsDadFailed));
    }

    [Fact]
    public void IPv6WithDuplicateDetectionIsTentativeAtFirst()
    {
        _sandbox.Route.Execute(new RouteBatch().AddAddress(Spec("fd87::10", 64)));
        Assert.True(Assert.Single(_sandbox.Route.ListAddresses(_index), found => found.Address.Equals(IPAddress.Parse("fd87::10"))).IsTentative);
    }

    [Fact]
    public void ExistingAddressIsToleratedOnlyOnRequest()
    {
        _sandbox.Route.Execute(new RouteBatch().AddAddress(Spec("10.87.1.10", 24)));
        _sandbox.Route.Execute(new RouteBatch().AddAddress(Spec("10.87.1.10", 24), tolerateExisting: true));
        NetlinkException error = Assert.Throws<NetlinkException>(() => _sandbox.Route.Execute(new RouteBatch().AddAddress(Spec("10.87.1.10", 24))));
        Assert.StartsWith($"add address 10.87.1.10/24 on link #{_index}: File exists (EEXIST)", error.Message, StringComparison.Ordinal);
        Assert.Single(Addresses("inet"));
    }

    [Fact]
    public void ThousandAddressesAndOnlyThoseOfTheLink()
    {
        _sandbox.Run("ip", "link", "add", "br1", "type", "bridge");
        _sandbox.Run("ip", "address", "add", "192.0.2.1/24", "dev", "br1");
        var batch = new RouteBatch();
        for (int number = 0; number < 1000; number++)
        {
            batch.AddAddress(Spec($"10.88.{number / 250}.{(number % 250) + 1}", 16));
        }

        _sandbox.Route.Execute(batch);
        Assert.Equal(1000, Addresses("inet").Count);
        List<AddressInfo> listed = _sandbox.Route.ListAddresses(_index);
        Assert.Equal(1000, listed.Where(address => address.PrefixLength == 16).DistinctBy(address => address.Address).Count());
        Assert.DoesNotContain(listed, address => address.Address.Equals(IPAddress.Parse("192.0.2.1")));
    }

    [Fact]
    public void LinkThatIsNotThereHasNoAddresses() => Assert.Empty(_sandbox.Route.ListAddresses(_index + 1000));

    [Fact]
    public void AddressOnLinkThatIsNotThereIsRefused()
    {
        NetlinkException error = Assert.Throws<NetlinkException>(
            () => _sandbox.Route.Execute(new RouteBatch().AddAddress(Spec("10.87.1.10", 24) with { LinkIndex = 4711 })));
        Assert.True(error.Is(KernelError.ENODEV), error.Message);
    }

    private List<JsonElement> Addresses(string family) => [.. _sandbox.Json("ip", "-j", "-d", "address", "show", "dev", "br0")[0]
        .GetProperty("addr_info").EnumerateArray().Where(address => address.Text("family") == family)];

    private AddressSpec Spec(string address, int prefix) =>
        new() { LinkIndex = _index, Address = IPAddress.Parse(address), PrefixLength = prefix };
}
