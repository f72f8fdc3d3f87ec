using System.Text.Json.Nodes;
using Flatnet.OtherKernels.Tests.Machines;
using Flatnet.OtherKernels.Tests.Refusal;
using Flatnet.OtherKernels.Tests.Requirements;
using Flatnet.OtherKernels.Tests.Scenario;

namespace Flatnet.OtherKernels.Tests;

/// <summary>This machine's kernel, with netfilter's sockets refused and neither `nft` nor `iptables` on the PATH.</summary>
public sealed class RefusedNetfilterTests(RefusingLauncher launcher) : IClassFixture<RefusingLauncher>
{
    [SandboxTheory]
    [InlineData("EPROTONOSUPPORT", "Protocol not supported")]
    [InlineData("EPERM", "Operation not permitted")]
    [InlineData("EACCES", "Permission denied")]
    public void Launcher_refuses_netfilter_and_nothing_else(string error, string text)
    {
        using Sandbox sandbox = new();

        sandbox.Shell.Read("nft list ruleset");
        CommandResult refused = sandbox.Shell.Run($"{launcher.Program} {error} $(command -v nft) list ruleset");
        CommandResult allowed = sandbox.Shell.Run($"{launcher.Program} {error} $(command -v ip) link show lo");

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(text, refused.Errors, StringComparison.Ordinal);
        Assert.Contains("lo:", allowed.Succeeded().Output, StringComparison.Ordinal);
    }

    [SandboxTheory]
    [InlineData("EPROTONOSUPPORT")]
    [InlineData("EPERM")]
    [InlineData("EACCES")]
    public void Flat_traffic_works_and_egress_is_reported_with_the_cause(string error)
    {
        using Sandbox sandbox = new();
        using TestHost host = Refusing(sandbox, error);
        host.AddOutside();
        Container container = host.AddContainer();
        Container neighbour = host.AddContainer();
        JsonObject config = NetworkConfig.Create(host, "plain", "10.87.1.0/24", new JsonObject { ["ipMasq"] = true });

        CommandResult added = container.Add(config);
        neighbour.Add(config);
        container.Read($"mkdir -p /run/www && echo flat >/run/www/page && busybox httpd -p {container.Address}:80 -h /run/www");

        EgressReport.AssertUnavailable(added.Errors, error);
        EgressReport.AssertUnavailable(host.Log(), error);
        host.Ping(container.Address).Succeeded();
        Assert.Equal("flat\n", host.Read($"busybox wget -q -O - http://{container.Address}/page"));
        Assert.Equal("flat\n", neighbour.Read($"busybox wget -q -O - http://{container.Address}/page"));
        container.Ping(neighbour.Address).Succeeded();
        Assert.NotEqual(0, container.Ping("198.18.0.2").ExitCode);
    }

    [SandboxTheory]
    [InlineData("EPROTONOSUPPORT")]
    [InlineData("EPERM")]
    [InlineData("EACCES")]
    public void Check_passes_and_delete_leaves_nothing(string error)
    {
        using Sandbox sandbox = new();
        using TestHost host = Refusing(sandbox, error);
        Container container = host.AddContainer();
        JsonObject config = NetworkConfig.Create(host, "plain", "10.87.1.0/24", new JsonObject { ["ipMasq"] = true });
        container.Add(config);
        Assert.NotEmpty(host.StateNaming(container.Name));

        Assert.Empty(container.Check(config).Succeeded().Output);
        Assert.Empty(container.Delete(config).Succeeded().Output);

        Assert.Empty(host.Links());
        Assert.Empty(container.Links());
        Assert.Empty(host.StateNaming(container.Name));
        Assert.Empty(host.Read("nft list ruleset"));
    }

    [SandboxFact]
    public void Result_is_the_same_as_with_netfilter()
    {
        using Sandbox sandbox = new();
        using TestHost refusing = Refusing(sandbox, "EPROTONOSUPPORT");
        using TestHost allowing = new(sandbox.Shell);
        JsonObject more = new() { ["ipMasq"] = true };
        Container without = refusing.AddContainer();
        Container with = allowing.AddContainer();

        without.Add(NetworkConfig.Create(refusing, "plain", "10.87.1.0/24", more));
        with.Add(NetworkConfig.Create(allowing, "plain", "10.87.1.0/24", more));

        Assert.Equal(WithoutNames(with), WithoutNames(without));
    }

    private TestHost Refusing(Sandbox sandbox, string error) => new(sandbox.Shell)
    {
        Launcher = $"{launcher.Program} {error}",
        SearchPath = MachineFiles.EmptyDirectory,
    };

    /// <summary>The result without what differs between any two containers: link names of the host, MAC addresses, the namespace.</summary>
    private static string WithoutNames(Container container)
    {
        JsonObject result = container.Result.DeepClone().AsObject();
        foreach (JsonNode? entry in result["interfaces"]!.AsArray())
        {
            entry!["mac"] = entry["mac"] is null ? null : "mac";
            entry["sandbox"] = entry["sandbox"] is null ? null : "namespace";
        }
        result["interfaces"]![1]!["name"] = "host link";
        return result.ToJsonString();
    }
}
