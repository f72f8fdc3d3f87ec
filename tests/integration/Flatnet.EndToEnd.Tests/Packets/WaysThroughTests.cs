using Flatnet.EndToEnd.Tests.Harness;

namespace Flatnet.EndToEnd.Tests.Packets;

/// <summary>Who reaches whom, and under which address: out of the flat network, into it, and across it.</summary>
public sealed class WaysThroughTests : IDisposable
{
    private readonly FlatHost _host = new();

    public void Dispose()
    {
        _host.Dispose();
    }

    [HostFact("nft")]
    public void A_container_goes_out_under_the_hosts_address()
    {
        Container container = _host.AddContainer("c1");

        Assert.Equal(Uplink.HostAddress, container.Traffic.AddressSeenBy(Uplink.OutsideAddress));
        Assert.True(container.Traffic.Pings(Uplink.OutsideAddress));
    }

    [HostFact("nft")]
    public void Containers_and_host_see_each_others_own_addresses()
    {
        Container first = _host.AddContainer("c1");
        Container second = _host.AddContainer("c2");

        Assert.Equal(first.Address, first.Traffic.AddressSeenBy(second.Address));
        Assert.Equal(Networks.FlatGateway, Traffic.From(_host.Sandbox).AddressSeenBy(first.Address));
    }

    [HostFact("nft")]
    public void A_computer_with_a_route_reaches_a_container_and_is_seen_as_itself()
    {
        Container container = _host.AddContainer("c1");
        Assert.Null(Traffic.From(_host.Uplink.Outside).Fetch(container.Address));

        _host.Uplink.RouteToContainers();

        Assert.Equal(Uplink.OutsideAddress, Traffic.From(_host.Uplink.Outside).AddressSeenBy(container.Address));
        // An answer under another address than the one asked would not be taken for the answer.
        Assert.True(Traffic.From(_host.Uplink.Outside).Pings(container.Address));
    }

    [HostFact("nft")]
    public void Rules_do_not_grow_with_containers()
    {
        _host.AddContainer("c0");
        int one = Rules();
        for (int number = 1; number <= 5; number++)
        {
            _host.AddContainer($"c{number}");
        }

        Assert.Equal(one, Rules());
    }

    [HostFact("nft")]
    public void The_last_container_takes_all_rules_and_links_along()
    {
        IReadOnlyList<string> before = HostTraces.Of(_host.Sandbox);
        Container first = _host.AddContainer("c1");
        Container second = _host.AddContainer("c2");
        _host.Check(first);

        _host.Remove(first);
        Assert.Equal(Uplink.HostAddress, second.Traffic.AddressSeenBy(Uplink.OutsideAddress));
        _host.Remove(second);

        _host.Sandbox.Run("ip", "netns", "delete", "c1");
        _host.Sandbox.Run("ip", "netns", "delete", "c2");
        HostTraces.AssertSame(before, _host.Sandbox);
    }

    private int Rules()
    {
        return HostTraces.Of(_host.Sandbox).Count(trace => trace.Contains("rule ", StringComparison.Ordinal));
    }
}
