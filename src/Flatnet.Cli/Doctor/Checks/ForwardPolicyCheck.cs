using Flatnet.Cli.Doctor.Probes;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether somebody's firewall drops forwarded packets and makes no exception for the bridge. Docker does that.</summary>
internal sealed class ForwardPolicyCheck : ICheck
{
    private const string LegacyTables = "/proc/net/ip_tables_names";

    public string Category => "Network";

    public string Name => "FORWARD accepts";

    public async Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation)
    {
        if (context.Network is { UsesFirewall: false } or { ManageBridge: false })
        {
            return CheckResult.Pass("not checked: the network is set to leave the firewall alone");
        }

        string bridge = context.Bridge;
        string comment = RuleComments.Prefix(context.Command.Settings.Network) + "forward";
        foreach (ForwardChain chain in context.Rules.ForwardChains.Where(chain => chain.Drops))
        {
            if (!chain.Comments.Contains(comment) && !chain.Mentions(bridge))
            {
                return CheckResult.Warning(
                    $"the chain \"{chain.Name}\" drops by default and does not accept {bridge}",
                    $"sudo nft insert rule {chain.Name} iifname {bridge} accept; sudo nft insert rule {chain.Name} oifname {bridge} accept");
            }
        }

        return await IsDroppedByLegacyAsync(context, bridge, cancellation)
            ? CheckResult.Warning(
                $"iptables' legacy FORWARD chain drops by default and does not accept {bridge}",
                $"sudo iptables-legacy -I FORWARD -i {bridge} -j ACCEPT; sudo iptables-legacy -I FORWARD -o {bridge} -j ACCEPT")
            : CheckResult.Pass("forwarded packets are not dropped by default");
    }

    // nf_tables does not see legacy tables; the file names those in use.
    private static async Task<bool> IsDroppedByLegacyAsync(DoctorContext context, string bridge, CancellationToken cancellation)
    {
        if (context.ReadText(LegacyTables)?.Contains("filter", StringComparison.Ordinal) != true)
        {
            return false;
        }

        ProcessResult? rules = await context.Processes.RunAsync("iptables-legacy", ["-w", "2", "-S", "FORWARD"], cancellation);
        return rules is { ExitCode: 0 } && rules.Output.Contains("-P FORWARD DROP", StringComparison.Ordinal)
            && !rules.Output.Contains($" {bridge} ", StringComparison.Ordinal);
    }
}
