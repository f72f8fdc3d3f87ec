using System.Collections.Immutable;
using System.Net.Sockets;
using Flatnet.Cni.Addressing;
using Flatnet.Cni.Attachments;
using Flatnet.Cni.Configuration;
using Flatnet.Ipam;
using Flatnet.Netlink;

namespace Flatnet.Cni.Firewall;

/// <summary>
/// The rules of a network: egress, and acceptance where FORWARD drops. They are a service on top: without them, containers
/// still reach each other and are reached, so their failure is a warning and never an error.
/// </summary>
internal sealed class NetworkRules(NetworkConfiguration network, CallReport report)
{
    /// <summary>Puts back what is missing. A few reads when all is there.</summary>
    /// <param name="addresses">The attachment's addresses, whose subnets the rules are about.</param>
    /// <param name="isNewBridge">The first attachment: time to look at what costs a process, too.</param>
    public void Ensure(ImmutableArray<AssignedAddress> addresses, bool isNewBridge)
    {
        if (!IsWanted)
        {
            return;
        }

        List<IpPrefix> subnets = Subnets(addresses);
        string? unavailable = EnsureByNetlink(subnets);
        if (network.IpMasq && (unavailable is not null || network.IpMasqBackend == "iptables"))
        {
            EnsureByCommand(subnets, unavailable);
        }

        if (isNewBridge && network.IsGateway && Iptables.EnsureLegacyForward(network.Name, network.Bridge) is { } problem)
        {
            report.Warn($"iptables' FORWARD chain drops the traffic of {network.Bridge}: {problem}");
        }
    }

    /// <summary>What is missing, in words; null when nothing is, or when this kernel can have no rules.</summary>
    public string? Missing(ImmutableArray<AssignedAddress> addresses)
    {
        if (!IsWanted)
        {
            return null;
        }

        List<IpPrefix> subnets = Subnets(addresses);
        string? unavailable = null;
        try
        {
            using NftSocket socket = NftSocket.Open();
            foreach (NftFamily family in Families(subnets))
            {
                if (network.IsGateway && ForwardRules.AreMissing(socket, family, network.Name))
                {
                    return $"the FORWARD chain drops and does not accept {network.Bridge}";
                }
            }

            if (!network.IpMasq)
            {
                return null;
            }

            if (network.IpMasqBackend != "iptables")
            {
                List<IpPrefix> missing = EgressRule.Missing(socket, network.Name, subnets);
                if (missing.Count == 0)
                {
                    return null;
                }

                unavailable = EgressRule.WhyImpossible(socket, network.Name, missing);
                if (unavailable is null)
                {
                    return $"the egress rule for {missing[0]} is missing from table inet {OwnTable.Name}";
                }
            }
        }
        catch (NetlinkException error)
        {
            unavailable = error.Message;
        }

        return network.IpMasq ? MissingFromIptables(subnets, unavailable) : null;
    }

    /// <summary>
    /// Removes the network's rules, in both families and by both ways; reports what it cannot. Closing the socket that did it
    /// waits until the kernel has let go of them, so the caller gets to do something useful first.
    /// </summary>
    public IDisposable? Remove()
    {
        NftSocket? socket = null;
        try
        {
            socket = NftSocket.Open();
            string prefix = EgressRule.CommentPrefix(network.Name);
            OwnTable.Remove(socket, NftFamily.Inet, OwnTable.PostRouting, comment => comment.StartsWith(prefix, StringComparison.Ordinal));
            ForwardRules.Remove(socket, NftFamily.IPv4, network.Name);
            ForwardRules.Remove(socket, NftFamily.IPv6, network.Name);
            if (network.IpMasqBackend == "iptables")
            {
                Iptables.RemoveEgress(network.Name);
            }
        }
        catch (NetlinkException)
        {
            // Without nf_tables the rules were made by the command.
            Iptables.RemoveEgress(network.Name);
        }

        Iptables.RemoveLegacyForward(network.Name, network.Bridge);
        return socket;
    }

    private bool IsWanted => network is { UsesFirewall: true, ManageBridge: true, IsLayer2: false } && (network.IpMasq || network.IsGateway);

    private static List<IpPrefix> Subnets(ImmutableArray<AssignedAddress> addresses)
    {
        var subnets = new List<IpPrefix>(addresses.Length);
        foreach (AssignedAddress address in addresses)
        {
            IpPrefix subnet = Subnet.Of(address);
            if (!subnets.Contains(subnet))
            {
                subnets.Add(subnet);
            }
        }

        return subnets;
    }

    private static IEnumerable<NftFamily> Families(List<IpPrefix> subnets)
    {
        if (subnets.Exists(subnet => subnet.Address.AddressFamily == AddressFamily.InterNetwork))
        {
            yield return NftFamily.IPv4;
        }

        if (subnets.Exists(subnet => subnet.Address.AddressFamily == AddressFamily.InterNetworkV6))
        {
            yield return NftFamily.IPv6;
        }
    }

    /// <summary>Returns why nf_tables cannot be used, or null.</summary>
    private string? EnsureByNetlink(List<IpPrefix> subnets)
    {
        try
        {
            using NftSocket socket = NftSocket.Open();
            if (network.IpMasq && network.IpMasqBackend != "iptables")
            {
                EgressRule.Ensure(socket, network.Name, subnets);
            }

            if (network.IsGateway)
            {
                foreach (NftFamily family in Families(subnets))
                {
                    ForwardRules.Ensure(socket, family, network.Name, network.Bridge);
                }
            }

            return null;
        }
        catch (NetlinkException error)
        {
            return error.Message;
        }
    }

    private string? MissingFromIptables(List<IpPrefix> subnets, string? unavailable)
    {
        foreach (IpPrefix subnet in subnets)
        {
            if (network.IpMasqBackend == "nftables" || Iptables.WhyImpossible(subnet) is not null)
            {
                report.Warn($"egress is unavailable on network {network.Name}: {unavailable ?? "iptables cannot be used"}");
            }
            else if (!Iptables.HasEgress(network.Name, subnet))
            {
                return $"the egress rule for {subnet} is missing from iptables' nat table";
            }
        }

        return null;
    }

    private void EnsureByCommand(List<IpPrefix> subnets, string? unavailable)
    {
        foreach (IpPrefix subnet in subnets)
        {
            string? problem = network.IpMasqBackend == "nftables" ? "ipMasqBackend forbids iptables" : Iptables.EnsureEgress(network.Name, subnet);
            if (problem is not null)
            {
                report.Warn(
                    $"egress is unavailable on network {network.Name}: {unavailable ?? "nf_tables not asked"}; {problem}. "
                    + $"Containers are reachable and reach {subnet}, but nothing beyond the host.");
            }
        }
    }
}
