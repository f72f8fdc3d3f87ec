using System.Text.Json.Nodes;
using Flatnet.OtherKernels.Tests.Machines;
using Flatnet.OtherKernels.Tests.Requirements;
using Flatnet.OtherKernels.Tests.Scenario;

namespace Flatnet.OtherKernels.Tests;

/// <summary>A network with egress on kernels that have all, some or nothing of netfilter.</summary>
[Collection(OtherKernel.Name)]
public sealed class KernelNetfilterTests(Guest guest)
{
    private const string Iptables = MachineFiles.LegacyIptablesDirectory + "/iptables -w";

    private static readonly JsonObject Masquerade = new() { ["ipMasq"] = true };

    [GuestFact]
    public void Distribution_kernel_gives_egress_and_loses_it_again()
    {
        new NetfilterModules(guest.Shell).LoadOnDemand();
        using TestHost host = new(guest.Shell);
        Container outside = host.AddOutside();
        Container container = host.AddContainer();
        JsonObject config = NetworkConfig.Create(host, "plain", "10.87.1.0/24", Masquerade);

        CommandResult added = container.Add(config);

        Assert.Empty(added.Errors);
        container.Ping("198.18.0.2").Succeeded();
        Assert.NotEqual(0, outside.Ping(container.Address).ExitCode);
        Assert.Empty(container.Check(config).Succeeded().Output);
        Assert.Empty(container.Delete(config).Succeeded().Output);
        Assert.Equal(["up0"], host.Links());
        Assert.DoesNotContain("10.87.1", host.Read("nft list ruleset"), StringComparison.Ordinal);
    }

    [GuestFact]
    public void Check_fails_after_the_rules_were_flushed()
    {
        new NetfilterModules(guest.Shell).LoadOnDemand();
        using TestHost host = new(guest.Shell);
        Container container = host.AddContainer();
        JsonObject config = NetworkConfig.Create(host, "plain", "10.87.1.0/24", Masquerade);
        container.Add(config);
        container.Check(config).Succeeded();

        host.Read("nft flush ruleset");

        Assert.NotEqual(0, container.Check(config).ExitCode);
        container.Ping(container.Gateway).Succeeded();
        container.Delete(config).Succeeded();
    }

    /// <summary>Each line is a kernel: no netfilter sockets, no nf_tables behind them, no NAT in nf_tables, NAT without masquerading.</summary>
    [GuestTheory]
    [InlineData()]
    [InlineData("nfnetlink")]
    [InlineData("nf_tables")]
    [InlineData("nft_chain_nat")]
    public void Without_its_part_of_netfilter_flat_traffic_works_and_egress_is_reported(params string[] modules)
    {
        new NetfilterModules(guest.Shell).HaveOnly(modules);
        using TestHost host = new(guest.Shell);
        host.AddOutside();
        Container container = host.AddContainer();
        Container neighbour = host.AddContainer();
        JsonObject config = NetworkConfig.Create(host, "plain", "10.87.1.0/24", Masquerade);

        CommandResult added = container.Add(config);
        neighbour.Add(config);

        EgressReport.AssertUnavailable(added.Errors);
        EgressReport.AssertUnavailable(host.Log());
        host.Ping(container.Address).Succeeded();
        container.Ping(neighbour.Address).Succeeded();
        Assert.NotEqual(0, container.Ping("198.18.0.2").ExitCode);
        container.Check(config).Succeeded();
        container.Delete(config).Succeeded();
        neighbour.Delete(config).Succeeded();
        Assert.Equal(["up0"], host.Links());
    }

    [GuestFact]
    public void Without_nf_tables_iptables_gives_egress_and_loses_it_again()
    {
        new NetfilterModules(guest.Shell).HaveOnly("iptable_nat", "xt_MASQUERADE", "xt_comment", "xt_addrtype");
        using TestHost host = new(guest.Shell) { SearchPath = MachineFiles.LegacyIptablesDirectory };
        host.AddOutside();
        Container container = host.AddContainer();
        JsonObject config = NetworkConfig.Create(host, "plain", "10.87.1.0/24", Masquerade);

        CommandResult added = container.Add(config);

        Assert.Empty(added.Errors);
        container.Ping("198.18.0.2").Succeeded();
        Assert.Empty(container.Check(config).Succeeded().Errors);
        container.Delete(config).Succeeded();
        string rules = host.Read($"{Iptables} -t nat -S");
        Assert.DoesNotContain("10.87.1", rules, StringComparison.Ordinal);
        Assert.Equal(["up0"], host.Links());
    }

    [GuestFact]
    public void Check_fails_after_the_rules_of_iptables_were_flushed()
    {
        new NetfilterModules(guest.Shell).HaveOnly("iptable_nat", "xt_MASQUERADE", "xt_comment", "xt_addrtype");
        using TestHost host = new(guest.Shell) { SearchPath = MachineFiles.LegacyIptablesDirectory };
        Container container = host.AddContainer();
        JsonObject config = NetworkConfig.Create(host, "plain", "10.87.1.0/24", Masquerade);
        container.Add(config);
        container.Check(config).Succeeded();

        host.Read($"{Iptables} -t nat -F");

        Assert.NotEqual(0, container.Check(config).ExitCode);
        container.Ping(container.Gateway).Succeeded();
        container.Delete(config).Succeeded();
    }
}
