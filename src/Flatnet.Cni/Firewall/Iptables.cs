using System.Net.Sockets;
using Flatnet.Cni.Addressing;
using Flatnet.Cni.Protocol;
using Flatnet.Ipam;

namespace Flatnet.Cni.Firewall;

/// <summary>
/// The way out where the kernel has no nf_tables, and the way into legacy tables, which nf_tables does not see: the iptables
/// command, run only there.
/// </summary>
internal static class Iptables
{
    private const string LegacyTables = "/proc/net/ip_tables_names";

    /// <summary>Puts a masquerading rule for the subnet into POSTROUTING; returns why that is impossible, or null.</summary>
    public static string? EnsureEgress(string network, IpPrefix subnet)
    {
        if (Find(CommandFor(subnet)) is not { } command)
        {
            return $"no {CommandFor(subnet)} on the PATH";
        }

        return Has(command, EgressArguments("-C", network, subnet)) ? null : Try(command, EgressArguments("-A", network, subnet));
    }

    /// <summary>Whether the rule of <see cref="EnsureEgress"/> is there.</summary>
    public static bool HasEgress(string network, IpPrefix subnet) =>
        Find(CommandFor(subnet)) is { } command && Has(command, EgressArguments("-C", network, subnet));

    /// <summary>Why no rule can be kept for the subnet: no command, or a kernel without the table; null when it can.</summary>
    public static string? WhyImpossible(IpPrefix subnet) => Find(CommandFor(subnet)) is { } command
        ? Try(command, ["-w", "5", "-t", "nat", "-S", "POSTROUTING"])
        : $"no {CommandFor(subnet)} on the PATH";

    /// <summary>Deletes the network's rules of <see cref="EnsureEgress"/>.</summary>
    public static void RemoveEgress(string network)
    {
        foreach (string name in (ReadOnlySpan<string>)["iptables", "ip6tables"])
        {
            if (Find(name) is not { } command)
            {
                continue;
            }

            (_, string rules, _) = PluginProcess.Run(command, ["-w", "5", "-t", "nat", "-S", "POSTROUTING"], default);
            foreach (string rule in rules.Split('\n'))
            {
                // -A POSTROUTING -s 10.87.1.0/24 ! -d 10.87.1.0/24 -m comment --comment "flatnet flatnet egress 10.87.1.0/24" -j MASQUERADE
                int start = rule.IndexOf(EgressRule.CommentPrefix(network), StringComparison.Ordinal);
                if (start >= 0 && IpPrefix.TryParse(rule[(start + EgressRule.CommentPrefix(network).Length)..rule.LastIndexOf('"')], out IpPrefix subnet))
                {
                    Try(command, EgressArguments("-D", network, subnet));
                }
            }
        }
    }

    /// <summary>Accepts the bridge's traffic in a legacy FORWARD chain whose policy is DROP; returns why that failed, or null.</summary>
    public static string? EnsureLegacyForward(string network, string bridge)
    {
        if (!HasLegacyFilter() || Find("iptables-legacy") is not { } command || !PolicyDrops(command))
        {
            return null;
        }

        foreach (string direction in (ReadOnlySpan<string>)["-i", "-o"])
        {
            if (!Has(command, ForwardArguments("-C", direction, network, bridge)) && Try(command, ForwardArguments("-I", direction, network, bridge)) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>Deletes the rules of <see cref="EnsureLegacyForward"/>.</summary>
    public static void RemoveLegacyForward(string network, string bridge)
    {
        if (!HasLegacyFilter() || Find("iptables-legacy") is not { } command)
        {
            return;
        }

        foreach (string direction in (ReadOnlySpan<string>)["-i", "-o"])
        {
            if (Has(command, ForwardArguments("-C", direction, network, bridge)))
            {
                Try(command, ForwardArguments("-D", direction, network, bridge));
            }
        }
    }

    // The file exists only where legacy tables do, and names those in use in this namespace.
    private static bool HasLegacyFilter()
    {
        try
        {
            return File.Exists(LegacyTables) && File.ReadAllText(LegacyTables).Contains("filter", StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool PolicyDrops(string command)
    {
        (int exitCode, string output, _) = PluginProcess.Run(command, ["-w", "5", "-S", "FORWARD"], default);
        return exitCode == 0 && output.Contains("-P FORWARD DROP", StringComparison.Ordinal);
    }

    private static string CommandFor(IpPrefix subnet) => subnet.Address.AddressFamily == AddressFamily.InterNetwork ? "iptables" : "ip6tables";

    private static string[] EgressArguments(string action, string network, IpPrefix subnet) =>
        ["-w", "5", "-t", "nat", action, "POSTROUTING", "-s", subnet.ToString(), "!", "-d", subnet.ToString(),
            "-m", "comment", "--comment", EgressRule.Comment(network, subnet), "-j", "MASQUERADE"];

    private static string[] ForwardArguments(string action, string direction, string network, string bridge) =>
        ["-w", "5", action, "FORWARD", direction, bridge, "-m", "comment", "--comment", ForwardRules.Comment(network), "-j", "ACCEPT"];

    // Only on the PATH, where an administrator would find it; a runtime's PATH names the system directories.
    private static string? Find(string command)
    {
        foreach (string directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Path.IsPathRooted(directory) && File.Exists(Path.Join(directory, command)))
            {
                return Path.Join(directory, command);
            }
        }

        return null;
    }

    private static bool Has(string command, string[] arguments) => Try(command, arguments) is null;

    private static string? Try(string command, string[] arguments)
    {
        try
        {
            (int exitCode, _, string errors) = PluginProcess.Run(command, arguments, default);
            return exitCode == 0 ? null : $"{command} failed with exit status {exitCode}: {errors.Trim()}";
        }
        catch (CniException error)
        {
            return error.OneLine;
        }
    }
}
