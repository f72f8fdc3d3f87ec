using Flatnet.EndToEnd.Tests.Harness;

namespace Flatnet.EndToEnd.Tests.Packets;

/// <summary>A network with an IPv4 and an IPv6 range.</summary>
public sealed class DualStackTests : IDisposable
{
    private const string SubnetV6 = "fd87:1::/64";
    private const string GatewayV6 = "fd87:1::1";

    private readonly FlatHost _host = new(Networks.Flatnet(secondSubnet: SubnetV6));

    public void Dispose()
    {
        _host.Dispose();
    }

    [HostFact("nft")]
    public void Both_addresses_are_reached_at_once_from_host_and_neighbour()
    {
        Container first = _host.AddContainer("c1");
        Container second = _host.AddContainer("c2");

        Assert.Equal(2, first.Addresses.Count);
        Assert.StartsWith("fd87:1::", first.Addresses[1], StringComparison.Ordinal);
        Assert.Equal(Networks.FlatGateway, Traffic.From(_host.Sandbox).AddressSeenBy(first.Address));
        Assert.Equal(GatewayV6, Traffic.From(_host.Sandbox).AddressSeenBy(first.Addresses[1]));
        foreach (int family in (int[])[0, 1])
        {
            Assert.Equal(first.Addresses[family], first.Traffic.AddressSeenBy(second.Addresses[family]));
        }
    }

    [HostFact("nft")]
    public void Both_families_go_out_under_the_hosts_addresses()
    {
        Container container = _host.AddContainer("c1");

        Assert.Equal(Uplink.HostAddress, container.Traffic.AddressSeenBy(Uplink.OutsideAddress));
        Assert.Equal(Uplink.HostAddressV6, container.Traffic.AddressSeenBy(Uplink.OutsideAddressV6));
    }

    [HostFact("nft")]
    public void Both_families_are_reached_by_route_and_show_the_real_client()
    {
        Container container = _host.AddContainer("c1");
        _host.Uplink.RouteToContainers();
        _host.Uplink.RouteToContainers(SubnetV6);

        Assert.Equal(Uplink.OutsideAddress, Traffic.From(_host.Uplink.Outside).AddressSeenBy(container.Address));
        Assert.Equal(Uplink.OutsideAddressV6, Traffic.From(_host.Uplink.Outside).AddressSeenBy(container.Addresses[1]));
    }

    [HostFact("nft")]
    public void Addresses_are_usable_when_add_returns()
    {
        Container container = _host.AddContainer("c1");

        string inside = container.Node.Run("ip", "-6", "address", "show", "dev", "eth0").Output;
        string bridge = _host.Sandbox.Run("ip", "-6", "address", "show", "dev", Networks.FlatBridge).Output;

        Assert.DoesNotContain("tentative", inside, StringComparison.Ordinal);
        Assert.DoesNotContain("tentative", bridge, StringComparison.Ordinal);
        Assert.Contains(container.Addresses[1], inside, StringComparison.Ordinal);
        Assert.Contains(GatewayV6, bridge, StringComparison.Ordinal);
    }
}
