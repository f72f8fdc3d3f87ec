using System.Text.Json.Nodes;
using Flatnet.OtherKernels.Tests.Machines;
using Flatnet.OtherKernels.Tests.Requirements;
using Flatnet.OtherKernels.Tests.Scenario;

namespace Flatnet.OtherKernels.Tests;

/// <summary>What DEL, and an ADD that failed, leave of a VLAN.</summary>
[Collection(OtherKernel.Name)]
public sealed class VlanRemovalTests(Guest guest)
{
    [GuestFact]
    public void Delete_leaves_nothing()
    {
        using TestHost host = new(guest.Shell);
        Container container = host.AddContainer();
        JsonObject config = NetworkConfig.Vlan(host, 100);
        container.Add(config);
        Assert.NotEmpty(host.StateNaming(container.Name));

        CommandResult deleted = container.Delete(config).Succeeded();

        Assert.Empty(deleted.Output);
        Assert.Empty(container.Links());
        Assert.Empty(host.StateNaming(container.Name));
        Assert.Empty(host.Links());
    }

    [GuestFact]
    public void Delete_leaves_the_neighbour_its_gateway()
    {
        using TestHost host = new(guest.Shell);
        Container first = host.AddContainer();
        Container second = host.AddContainer();
        JsonObject config = NetworkConfig.Vlan(host, 100);
        first.Add(config);
        second.Add(config);

        first.Delete(config).Succeeded();

        Assert.DoesNotContain(first.HostLink, host.Links());
        second.Ping(second.Gateway).Succeeded();
        second.Check(config).Succeeded();
    }

    [GuestFact]
    public void Delete_cleans_up_after_a_namespace_that_is_gone()
    {
        using TestHost host = new(guest.Shell);
        Container container = host.AddContainer();
        JsonObject config = NetworkConfig.Vlan(host, 100);
        container.Add(config);
        host.Read($"ip netns del {container.Name}");

        container.Delete(config).Succeeded();

        Assert.Empty(host.StateNaming(container.Name));
        Assert.DoesNotContain(container.HostLink, host.Links());
    }

    [GuestFact]
    public void Failed_add_takes_everything_back()
    {
        using TestHost host = new(guest.Shell);
        Container container = host.AddContainer();
        container.Read("ip link add eth0 type veth peer name other");

        CommandResult failed = container.TryAdd(NetworkConfig.Vlan(host, 100));

        Assert.NotEqual(0, failed.ExitCode);
        Assert.Contains("eth0", (string)JsonNode.Parse(failed.Output)!["msg"]!, StringComparison.Ordinal);
        Assert.Empty(host.Links());
        Assert.Empty(host.StateNaming(container.Name));
    }
}
