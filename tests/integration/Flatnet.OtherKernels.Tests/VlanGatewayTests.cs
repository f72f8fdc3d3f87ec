using System.Text.Json.Nodes;
using Flatnet.OtherKernels.Tests.Machines;
using Flatnet.OtherKernels.Tests.Requirements;
using Flatnet.OtherKernels.Tests.Scenario;

namespace Flatnet.OtherKernels.Tests;

/// <summary>The host's own foot in a VLAN, and what a VLAN keeps apart.</summary>
[Collection(OtherKernel.Name)]
public sealed class VlanGatewayTests(Guest guest)
{
    [GuestFact]
    public void Gateway_has_a_link_of_its_own_that_ends_the_result()
    {
        using TestHost host = new(guest.Shell);
        Container container = host.AddContainer();

        container.Add(NetworkConfig.Vlan(host, 100));

        JsonArray interfaces = container.Result["interfaces"]!.AsArray();
        Assert.Equal(["fn0", container.HostLink, "eth0", "fn0.100"], interfaces.Select(entry => (string)entry!["name"]!));
        Assert.Equal(2, (int)container.Result["ips"]![0]!["interface"]!);
        JsonNode gateway = host.ReadJson("ip -j -d addr show fn0.100")[0]!;
        Assert.Equal("veth", (string)gateway["linkinfo"]!["info_kind"]!);
        Assert.Equal((string)gateway["address"]!, (string)interfaces[3]!["mac"]!);
        Assert.Equal(["10.87.100.1/24"], Addresses(gateway));
        Assert.Empty(Addresses(host.ReadJson("ip -j addr show fn0")[0]!));
    }

    [GuestFact]
    public void Gateways_port_belongs_to_the_vlan_alone()
    {
        using TestHost host = new(guest.Shell);
        Container container = host.AddContainer();

        container.Add(NetworkConfig.Vlan(host, 100));

        string port = Assert.Single(host.ReadJson("ip -j link show master fn0").Select(link => (string)link!["ifname"]!), name => name != container.HostLink);
        Assert.Equal(port, (string)host.ReadJson("ip -j link show fn0.100")[0]!["link"]!);
        Assert.Equal(["100 PVID untagged"], PortVlans.Of(host, port));
    }

    [GuestFact]
    public void Second_container_of_a_vlan_shares_the_gateway()
    {
        using TestHost host = new(guest.Shell);
        JsonObject config = NetworkConfig.Vlan(host, 100);
        Container first = host.AddContainer();
        Container second = host.AddContainer();

        first.Add(config);
        string[] before = host.Links();
        second.Add(config);

        Assert.Equal([.. before, second.HostLink], host.Links());
        Assert.Equal("fn0.100", (string)second.Result["interfaces"]![3]!["name"]!);
    }

    [GuestFact]
    public void Container_gateway_and_neighbour_reach_each_other()
    {
        using TestHost host = new(guest.Shell);
        JsonObject config = NetworkConfig.Vlan(host, 100);
        Container first = host.AddContainer();
        Container second = host.AddContainer();
        first.Add(config);
        second.Add(config);

        first.Ping(first.Gateway).Succeeded();
        first.Ping(second.Address).Succeeded();
        host.Ping(second.Address).Succeeded();
    }

    [GuestFact]
    public void Vlans_are_kept_apart()
    {
        using TestHost host = new(guest.Shell);
        Container first = host.AddContainer();
        Container neighbour = host.AddContainer();
        Container stranger = host.AddContainer();
        first.Add(NetworkConfig.Vlan(host, 100));
        neighbour.Add(NetworkConfig.Vlan(host, 100));
        stranger.Add(NetworkConfig.Vlan(host, 200));

        // The same address, on the same bridge, in the one VLAN and then in the other: no router stands between.
        neighbour.Read("ip addr add 10.87.100.250/24 dev eth0");
        first.Ping("10.87.100.250").Succeeded();
        neighbour.Read("ip addr del 10.87.100.250/24 dev eth0");
        first.Read("ip neigh flush dev eth0");
        stranger.Read("ip addr add 10.87.100.250/24 dev eth0");
        Assert.NotEqual(0, first.Ping("10.87.100.250").ExitCode);
    }

    [GuestFact]
    public void Without_a_gateway_the_host_has_no_foot_in_the_vlan()
    {
        using TestHost host = new(guest.Shell);
        JsonObject config = NetworkConfig.Vlan(host, 100, new JsonObject { ["isGateway"] = false });
        Container first = host.AddContainer();
        Container second = host.AddContainer();

        first.Add(config);
        second.Add(config);

        Assert.Equal(3, first.Result["interfaces"]!.AsArray().Count);
        Assert.DoesNotContain("fn0.100", host.Links());
        first.Ping(second.Address).Succeeded();
    }

    private static IEnumerable<string> Addresses(JsonNode link) => link["addr_info"]!.AsArray()
        .Where(address => (string)address!["family"]! == "inet")
        .Select(address => $"{address!["local"]}/{address["prefixlen"]}");
}
