using System.Text.Json.Nodes;
using Flatnet.OtherKernels.Tests.Machines;
using Flatnet.OtherKernels.Tests.Requirements;
using Flatnet.OtherKernels.Tests.Scenario;

namespace Flatnet.OtherKernels.Tests;

/// <summary>Which VLANs the host's end of a container carries.</summary>
[Collection(OtherKernel.Name)]
public sealed class VlanPortTests(Guest guest)
{
    [GuestFact]
    public void Vlan_is_the_ports_own_and_only_one()
    {
        using TestHost host = new(guest.Shell);
        Container container = host.AddContainer();

        container.Add(NetworkConfig.Vlan(host, 100));

        Assert.Equal(["100 PVID untagged"], PortVlans.Of(host, container.HostLink));
    }

    [GuestFact]
    public void Default_vlan_is_kept_when_asked_for()
    {
        using TestHost host = new(guest.Shell);
        Container container = host.AddContainer();

        container.Add(NetworkConfig.Vlan(host, 100, new JsonObject { ["preserveDefaultVlan"] = true }));

        Assert.Equal(["1 untagged", "100 PVID untagged"], PortVlans.Of(host, container.HostLink));
    }

    [GuestFact]
    public void Trunk_carries_single_vlans_and_ranges_tagged()
    {
        using TestHost host = new(guest.Shell);
        Container container = host.AddContainer();

        container.Add(NetworkConfig.Vlan(host, 100, Trunk("""[{"id":205},{"minID":300,"maxID":310},{"id":201,"minID":308,"maxID":312}]""")));

        Assert.Equal(["100 PVID untagged", "201", "205", "300-312"], PortVlans.Of(host, container.HostLink));
    }

    [GuestFact]
    public void Trunk_without_a_vlan_of_its_own_has_the_native_one()
    {
        using TestHost host = new(guest.Shell);
        Container container = host.AddContainer();

        container.Add(NetworkConfig.Create(host, "trunk", "10.87.1.0/24", Trunk("""[{"id":205},{"minID":300,"maxID":310}]""")));

        Assert.Equal(["1 PVID untagged", "205", "300-310"], PortVlans.Of(host, container.HostLink));
    }

    [GuestFact]
    public void Without_vlans_the_bridge_does_not_filter()
    {
        using TestHost host = new(guest.Shell);
        Container container = host.AddContainer();

        container.Add(NetworkConfig.Create(host, "plain", "10.87.1.0/24"));

        Assert.False(PortVlans.AreFiltered(host, "fn0"));
    }

    [GuestFact]
    public void Tagged_traffic_of_a_trunk_reaches_the_vlans_member()
    {
        using TestHost host = new(guest.Shell);
        Container member = host.AddContainer();
        Container trunk = host.AddContainer();
        member.Add(NetworkConfig.Vlan(host, 200));
        trunk.Add(NetworkConfig.Vlan(host, 100, Trunk("""[{"id":200}]""")));
        trunk.Read("ip link add link eth0 name eth0.200 type vlan id 200 && ip link set eth0.200 up && ip addr add 10.87.200.200/24 dev eth0.200");

        trunk.Ping(member.Address).Succeeded();
        member.Ping("10.87.200.200").Succeeded();
    }

    private static JsonObject Trunk(string items) => new() { ["vlanTrunk"] = JsonNode.Parse(items) };
}
