using Flatnet.EndToEnd.Tests.Harness;

namespace Flatnet.EndToEnd.Tests.Packets;

/// <summary>Somebody else flushes the whole ruleset: a firewall reload, a hand-written script.</summary>
public sealed class FlushTests : IDisposable
{
    private readonly FlatHost _host = new();

    public void Dispose()
    {
        _host.Dispose();
    }

    [HostFact("nft", "ss")]
    public void Flat_traffic_and_open_connections_survive_a_flush()
    {
        Container container = _host.AddContainer("c1");
        Container neighbour = _host.AddContainer("c2");
        _host.Uplink.RouteToContainers();
        using EchoFlow fromOutside = new(container.Node, _host.Uplink.Outside.Start, container.Address);
        using EchoFlow fromHost = new(neighbour.Node, _host.Sandbox.Start, neighbour.Address);
        fromOutside.AssertAlive("before");
        fromHost.AssertAlive("before");

        _host.Sandbox.Run("nft", "flush", "ruleset");

        fromOutside.AssertAlive("after");
        fromHost.AssertAlive("after");
        Assert.Equal(container.Address, container.Traffic.AddressSeenBy(neighbour.Address));
        Assert.Equal(Networks.FlatGateway, Traffic.From(_host.Sandbox).AddressSeenBy(container.Address));
        Assert.Equal(Uplink.OutsideAddress, Traffic.From(_host.Uplink.Outside).AddressSeenBy(container.Address));
    }

    [HostFact("nft")]
    public void The_next_container_puts_the_way_out_back_for_all()
    {
        Container first = _host.AddContainer("c1");
        _host.Sandbox.Run("nft", "flush", "ruleset");
        Assert.Null(first.Traffic.Fetch(Uplink.OutsideAddress));

        Container second = _host.AddContainer("c2");

        Assert.Equal(Uplink.HostAddress, second.Traffic.AddressSeenBy(Uplink.OutsideAddress));
        Assert.Equal(Uplink.HostAddress, first.Traffic.AddressSeenBy(Uplink.OutsideAddress));
    }

    [HostFact("nft")]
    public void Containers_can_be_removed_after_a_flush()
    {
        Container first = _host.AddContainer("c1");
        Container second = _host.AddContainer("c2");
        _host.Sandbox.Run("nft", "flush", "ruleset");

        _host.Remove(first);
        _host.Remove(second);

        Assert.DoesNotContain(HostTraces.Of(_host.Sandbox), trace => trace.StartsWith("rule", StringComparison.Ordinal));
        Assert.Equal(0, LeaseState.Leases(_host.Sandbox));
    }
}
