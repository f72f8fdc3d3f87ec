using System.Text.Json.Nodes;
using Flatnet.OtherKernels.Tests.Machines;
using Flatnet.OtherKernels.Tests.Requirements;
using Flatnet.OtherKernels.Tests.Scenario;

namespace Flatnet.OtherKernels.Tests;

/// <summary>When the bridge filters VLANs, and who may switch that on.</summary>
[Collection(OtherKernel.Name)]
public sealed class VlanBridgeTests(Guest guest)
{
    [GuestFact]
    public void Bridge_is_created_filtering_for_a_vlan()
    {
        using TestHost host = new(guest.Shell);
        Container container = host.AddContainer();

        container.Add(NetworkConfig.Vlan(host, 100));

        Assert.True(PortVlans.AreFiltered(host, "fn0"));
    }

    [GuestFact]
    public void Bridge_is_created_filtering_for_an_empty_trunk()
    {
        using TestHost host = new(guest.Shell);
        Container container = host.AddContainer();

        container.Add(NetworkConfig.Create(host, "trunk", "10.87.1.0/24", new JsonObject { ["vlanTrunk"] = new JsonArray() }));

        Assert.True(PortVlans.AreFiltered(host, "fn0"));
    }

    [GuestFact]
    public void Own_bridge_is_switched_to_filtering_and_its_containers_stay_reachable()
    {
        using TestHost host = new(guest.Shell);
        JsonObject plain = NetworkConfig.Create(host, "plain", "10.87.1.0/24");
        Container first = host.AddContainer();
        Container neighbour = host.AddContainer();
        Container inVlan = host.AddContainer();
        first.Add(plain);
        neighbour.Add(plain);

        inVlan.Add(NetworkConfig.Vlan(host, 100));

        Assert.True(PortVlans.AreFiltered(host, "fn0"));
        Assert.Equal(["100 PVID untagged"], PortVlans.Of(host, inVlan.HostLink));
        inVlan.Ping(inVlan.Gateway).Succeeded();
        first.Ping(first.Gateway).Succeeded();
        first.Ping(neighbour.Address).Succeeded();
        first.Check(plain).Succeeded();
    }

    [GuestFact]
    public void Unmanaged_bridge_is_not_switched_to_filtering()
    {
        using TestHost host = new(guest.Shell);
        host.Read("ip link add fn0 type bridge && ip link set fn0 up");
        Container container = host.AddContainer();

        CommandResult refused = container.TryAdd(NetworkConfig.Vlan(host, 100, Unmanaged));

        Assert.NotEqual(0, refused.ExitCode);
        JsonNode error = JsonNode.Parse(refused.Output)!;
        string text = $"{error["msg"]} {error["details"]}";
        Assert.Contains("fn0", text, StringComparison.Ordinal);
        Assert.Contains("vlan_filtering 1", text, StringComparison.Ordinal);
        Assert.False(PortVlans.AreFiltered(host, "fn0"));
        Assert.Equal(["fn0"], host.Links());
        Assert.Empty(container.Links());
        Assert.Empty(host.StateNaming(container.Name));
    }

    [GuestFact]
    public void Unmanaged_filtering_bridge_is_used_and_left_as_it_is()
    {
        using TestHost host = new(guest.Shell);
        host.Read("ip link add fn0 type bridge vlan_filtering 1 && ip link set fn0 up");
        JsonObject config = NetworkConfig.Vlan(host, 100, Unmanaged);
        Container first = host.AddContainer();
        Container second = host.AddContainer();

        first.Add(config);
        second.Add(config);

        Assert.Equal(["100 PVID untagged"], PortVlans.Of(host, first.HostLink));
        first.Ping(second.Address).Succeeded();
        first.Delete(config).Succeeded();
        second.Delete(config).Succeeded();
        Assert.Equal(["fn0"], host.Links());
        Assert.Equal(["1 PVID untagged"], PortVlans.Of(host, "fn0"));
    }

    private static JsonObject Unmanaged => new() { ["manageBridge"] = false, ["isGateway"] = false };
}
