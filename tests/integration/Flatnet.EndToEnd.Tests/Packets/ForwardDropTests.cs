using Flatnet.EndToEnd.Tests.Harness;

namespace Flatnet.EndToEnd.Tests.Packets;

/// <summary>Docker on the same host has set the policy of iptables' FORWARD chain to DROP.</summary>
public sealed class ForwardDropTests : IDisposable
{
    private readonly FlatHost _host = new();

    public void Dispose()
    {
        _host.Dispose();
    }

    [HostFact("nft", "iptables")]
    public void All_ways_stay_open_when_docker_was_there_first()
    {
        _host.Sandbox.Run("iptables", "--policy", "FORWARD", "DROP");

        AssertAllWaysOpen();
    }

    [HostFact("nft", "iptables-legacy")]
    public void All_ways_stay_open_when_docker_was_there_first_with_the_old_iptables()
    {
        _host.Sandbox.Run("iptables-legacy", "--policy", "FORWARD", "DROP");

        AssertAllWaysOpen();
    }

    [HostFact("nft", "iptables")]
    public void The_foreign_policy_and_rules_are_left_as_they_were()
    {
        _host.Sandbox.Run("iptables", "--policy", "FORWARD", "DROP");
        _host.Sandbox.Run("iptables", "--append", "FORWARD", "--source", "198.51.100.0/24", "--jump", "ACCEPT");
        string before = _host.Sandbox.Run("iptables-save", "--table", "filter").Output;

        Container container = _host.AddContainer("c1");
        _host.Remove(container);

        Assert.Equal(Significant(before), Significant(_host.Sandbox.Run("iptables-save", "--table", "filter").Output));
    }

    [HostFact("nft", "iptables")]
    public void Other_peoples_traffic_stays_blocked()
    {
        _host.Sandbox.Run("iptables", "--policy", "FORWARD", "DROP");
        Node foreign = _host.Sandbox.AddNode("foreign");
        _host.Sandbox.Run("ip", "link", "add", "foreign0", "type", "veth", "peer", "name", "eth0", "netns", foreign.Name);
        _host.Sandbox.Run("ip", "address", "add", "198.51.100.1/24", "dev", "foreign0");
        _host.Sandbox.Run("ip", "link", "set", "foreign0", "up");
        foreign.Run("ip", "address", "add", "198.51.100.2/24", "dev", "eth0");
        foreign.Run("ip", "link", "set", "eth0", "up");
        foreign.Run("ip", "route", "add", "default", "via", "198.51.100.1");
        _host.Uplink.RouteToContainers("198.51.100.0/24");
        Container container = _host.AddContainer("c1");

        Assert.True(container.Traffic.Pings(Uplink.OutsideAddress));
        Assert.False(Traffic.From(foreign).Pings(Uplink.OutsideAddress));

        _host.Sandbox.Run("iptables", "--policy", "FORWARD", "ACCEPT");
        Assert.True(Traffic.From(foreign).Pings(Uplink.OutsideAddress));
    }

    private void AssertAllWaysOpen()
    {
        // Bridged packets pass FORWARD too where br_netfilter is loaded, as Docker has it.
        _host.Sandbox.Run("sh", "-c", "! [ -e /proc/sys/net/bridge ] || echo 1 > /proc/sys/net/bridge/bridge-nf-call-iptables");
        _host.Uplink.RouteToContainers();
        Container first = _host.AddContainer("c1");
        Container second = _host.AddContainer("c2");

        Assert.Equal(Uplink.HostAddress, first.Traffic.AddressSeenBy(Uplink.OutsideAddress));
        Assert.Equal(Uplink.OutsideAddress, Traffic.From(_host.Uplink.Outside).AddressSeenBy(first.Address));
        Assert.Equal(first.Address, first.Traffic.AddressSeenBy(second.Address));
        Assert.Equal(Networks.FlatGateway, Traffic.From(_host.Sandbox).AddressSeenBy(second.Address));
    }

    // Counters and comments with the time differ from one look to the next.
    private static string[] Significant(string saved)
    {
        return [.. saved.Split('\n').Where(line => line.StartsWith('-') || line.StartsWith(':')).Select(line => line.Split('[')[0])];
    }
}
