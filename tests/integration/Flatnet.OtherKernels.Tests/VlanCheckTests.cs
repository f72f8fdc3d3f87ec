using System.Text.Json.Nodes;
using Flatnet.OtherKernels.Tests.Machines;
using Flatnet.OtherKernels.Tests.Requirements;
using Flatnet.OtherKernels.Tests.Scenario;

namespace Flatnet.OtherKernels.Tests;

/// <summary>CHECK sees what somebody else did to a container's VLANs.</summary>
[Collection(OtherKernel.Name)]
public sealed class VlanCheckTests(Guest guest)
{
    [GuestFact]
    public void Check_passes_on_what_add_made()
    {
        using TestHost host = new(guest.Shell);
        Container container = host.AddContainer();
        JsonObject config = NetworkConfig.Vlan(host, 100, new JsonObject { ["vlanTrunk"] = JsonNode.Parse("""[{"minID":300,"maxID":310}]""") });
        container.Add(config);

        CommandResult check = container.Check(config).Succeeded();

        Assert.Empty(check.Output);
    }

    [GuestTheory]
    [InlineData("bridge vlan del dev PORT vid 100")]
    [InlineData("bridge vlan add dev PORT vid 100")]
    [InlineData("bridge vlan del dev PORT vid 305")]
    [InlineData("ip link set fn0 type bridge vlan_filtering 0")]
    public void Check_fails_after_the_vlan_was_changed(string change)
    {
        using TestHost host = new(guest.Shell);
        Container container = host.AddContainer();
        JsonObject config = NetworkConfig.Vlan(host, 100, new JsonObject { ["vlanTrunk"] = JsonNode.Parse("""[{"minID":300,"maxID":310}]""") });
        container.Add(config);
        container.Check(config).Succeeded();

        host.Read(change.Replace("PORT", container.HostLink, StringComparison.Ordinal));

        CommandResult check = container.Check(config);
        Assert.NotEqual(0, check.ExitCode);
        JsonNode error = JsonNode.Parse(check.Output)!;
        Assert.Contains("vlan", $"{error["msg"]} {error["details"]}", StringComparison.OrdinalIgnoreCase);
    }

    [GuestFact]
    public void Check_fails_without_the_gateways_link()
    {
        using TestHost host = new(guest.Shell);
        Container container = host.AddContainer();
        JsonObject config = NetworkConfig.Vlan(host, 100);
        container.Add(config);

        host.Read("ip link del fn0.100");

        CommandResult check = container.Check(config);
        Assert.NotEqual(0, check.ExitCode);
        JsonNode error = JsonNode.Parse(check.Output)!;
        Assert.Contains("fn0.100", $"{error["msg"]} {error["details"]}", StringComparison.Ordinal);
    }
}
