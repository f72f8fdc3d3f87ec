using System.Text.Json.Nodes;
using Flatnet.OtherKernels.Tests.Machines;
using Flatnet.OtherKernels.Tests.Requirements;
using Flatnet.OtherKernels.Tests.Scenario;

namespace Flatnet.OtherKernels.Tests;

/// <summary>With <c>"firewall": "none"</c> netfilter is not merely unused: nobody asks the kernel for it.</summary>
public sealed class FirewallNoneTests
{
    private const string TraceFile = "/run/flatnet-test/trace";

    [SandboxFact]
    public void No_netfilter_socket_is_opened_and_no_tool_is_run()
    {
        using Sandbox sandbox = new();
        using TestHost host = Traced(sandbox);
        Container container = host.AddContainer();
        JsonObject config = NetworkConfig.Create(host, "plain", "10.87.1.0/24", new JsonObject { ["ipMasq"] = true, ["firewall"] = "none" });

        container.Add(config);
        host.Ping(container.Address).Succeeded();
        container.Check(config).Succeeded();
        container.Delete(config).Succeeded();

        string[] trace = sandbox.Shell.Read($"cat {TraceFile}").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(trace, line => line.Contains("NETLINK_ROUTE", StringComparison.Ordinal));
        Assert.DoesNotContain(trace, line => line.Contains("NETLINK_NETFILTER", StringComparison.Ordinal));
        // The plugin itself, once for each of the three calls.
        Assert.Equal(3, trace.Count(line => line.Contains("execve(", StringComparison.Ordinal)));
        Assert.Empty(host.Links());
    }

    [SandboxFact]
    public void Without_it_the_same_network_opens_one()
    {
        using Sandbox sandbox = new();
        using TestHost host = Traced(sandbox);

        host.AddContainer().Add(NetworkConfig.Create(host, "plain", "10.87.1.0/24", new JsonObject { ["ipMasq"] = true }));

        Assert.Contains("NETLINK_NETFILTER", sandbox.Shell.Read($"cat {TraceFile}"), StringComparison.Ordinal);
    }

    private static TestHost Traced(Sandbox sandbox) => new(sandbox.Shell)
    {
        Launcher = $"/usr/bin/strace -f -A -o {TraceFile} -e trace=socket,execve",
    };
}
