using System.Text.Json.Nodes;
using Flatnet.OtherKernels.Tests.Machines;
using Flatnet.OtherKernels.Tests.Requirements;
using Flatnet.OtherKernels.Tests.Scenario;

namespace Flatnet.OtherKernels.Tests;

/// <summary>
/// A VLAN on a kernel built without CONFIG_BRIDGE_VLAN_FILTERING. Where this machine's kernel has it, such as a developer's
/// own, ADD has to succeed; the tests in the emulated computer say the rest.
/// </summary>
public sealed class KernelWithoutVlanTests
{
    [SandboxFact]
    public void Vlan_is_refused_with_the_reason_and_nothing_stays_behind()
    {
        using Sandbox sandbox = new();
        using TestHost host = new(sandbox.Shell);
        Container container = host.AddContainer();

        CommandResult attempt = container.TryAdd(NetworkConfig.Vlan(host, 100));

        if (KernelFilters(sandbox))
        {
            attempt.Succeeded();
            return;
        }
        AssertNamesTheReason(attempt);
        Assert.Empty(host.Links());
        Assert.Empty(container.Links());
        Assert.Empty(host.StateNaming(container.Name));
    }

    [SandboxFact]
    public void Refused_vlan_does_not_disturb_the_bridges_containers()
    {
        using Sandbox sandbox = new();
        using TestHost host = new(sandbox.Shell);
        Container container = host.AddContainer();
        Container inVlan = host.AddContainer();
        JsonObject plain = NetworkConfig.Create(host, "plain", "10.87.1.0/24");
        container.Add(plain);

        CommandResult attempt = inVlan.TryAdd(NetworkConfig.Vlan(host, 100));

        container.Ping(container.Gateway).Succeeded();
        container.Check(plain).Succeeded();
        if (KernelFilters(sandbox))
        {
            attempt.Succeeded();
            return;
        }
        AssertNamesTheReason(attempt);
        Assert.Equal(["fn0", container.HostLink], host.Links());
        Assert.Empty(host.StateNaming(inVlan.Name));
    }

    private static void AssertNamesTheReason(CommandResult attempt)
    {
        Assert.NotEqual(0, attempt.ExitCode);
        JsonNode error = JsonNode.Parse(attempt.Output)!;
        string text = $"{error["msg"]} {error["details"]}";
        Assert.Contains("vlan", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("CONFIG_BRIDGE_VLAN_FILTERING", text, StringComparison.Ordinal);
    }

    private static bool KernelFilters(Sandbox sandbox) =>
        sandbox.Shell.Run("ip link add filter0 type bridge vlan_filtering 1 && ip link del filter0").ExitCode == 0;
}
