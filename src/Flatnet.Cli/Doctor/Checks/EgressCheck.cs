using System.Collections.Immutable;
using System.Net.Sockets;
using Flatnet.Cli.Doctor.Probes;
using Flatnet.Ipam;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether what containers send beyond the host carries the host's address, so that answers find the way back.</summary>
internal sealed class EgressCheck : ICheck
{
    public string Category => "Network";

    public string Name => "Egress rule";

    public async Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation)
    {
        if (context.Network is null or { IpMasq: false } or { UsesFirewall: false } or { ManageBridge: false })
        {
            return CheckResult.Pass("not checked: the network is not set to masquerade");
        }

        IpPrefix[] missing = [.. context.Subnets.Where(subnet => !IsPresent(context, subnet))];
        if (missing.Length > 0)
        {
            missing = await MissingFromIptablesAsync(context, missing, cancellation);
        }

        if (missing.Length == 0)
        {
            return CheckResult.Pass($"{string.Join(", ", context.Subnets)} may leave the host");
        }

        if (context.Rules.Unavailable is { } reason)
        {
            return CheckResult.Warning(
                $"egress NAT: unavailable, because {reason}; containers are reachable and reach each other, but nothing beyond the host",
                "Use a kernel with nf_tables and NAT (on WSL2: wsl --update), or install iptables: sudo apt install iptables");
        }

        ImmutableArray<string> running = await context.RunningNamesAsync(cancellation) ?? [];
        return running.IsEmpty
            ? CheckResult.Pass("not needed yet; the first container makes it")
            : CheckResult.Warning(
                $"the egress rule for {missing[0]} is missing from table inet flatnet: somebody flushed the ruleset, and containers reach nothing beyond the host",
                $"The start of any container puts it back: podman restart {running[0]}");
    }

    private static bool IsPresent(DoctorContext context, IpPrefix subnet) =>
        context.Rules.EgressComments.Any(comment => RuleComments.IsEgress(comment, context.Command.Settings.Network, subnet.ToString()));

    // The plugin falls back to iptables where the kernel has no nf_tables, or where the configuration says so.
    private static async Task<IpPrefix[]> MissingFromIptablesAsync(DoctorContext context, IpPrefix[] subnets, CancellationToken cancellation)
    {
        var missing = new List<IpPrefix>();
        foreach (IpPrefix subnet in subnets)
        {
            string command = subnet.Address.AddressFamily == AddressFamily.InterNetwork ? "iptables" : "ip6tables";
            ProcessResult? rules = await context.Processes.RunAsync(command, ["-w", "2", "-t", "nat", "-S", "POSTROUTING"], cancellation);
            if (rules is null || !rules.Output.Split('"').Any(part => RuleComments.IsEgress(part, context.Command.Settings.Network, subnet.ToString())))
            {
                missing.Add(subnet);
            }
        }

        return [.. missing];
    }
}
