using Flatnet.Cni.Addressing;
using Flatnet.Cni.Bridges;
using Flatnet.Cni.Configuration;
using Flatnet.Cni.Firewall;
using Flatnet.Cni.Protocol;
using Flatnet.Ipam;
using Flatnet.Netlink;

namespace Flatnet.Cni.Attachments;

/// <summary>Frees everything of one network that belongs to no valid attachment (spec, "GC: clean up any stale resources").</summary>
internal sealed class AttachmentGarbage(NetworkConfiguration network, IAddressSource? addresses, CallReport report)
{
    private readonly List<string> _problems = [];

    /// <summary>Goes on past failures.</summary>
    /// <exception cref="CniException">Code 131 with all of them.</exception>
    public void Collect(IReadOnlySet<Attachment> valid)
    {
        using RouteSocket host = RouteSocket.Open();
        Try(() => DeleteInterfaces(host, valid));
        if (network is { MacSpoofCheck: true, UsesFirewall: true })
        {
            Try(() => RemoveSpoofRules(valid));
        }

        if (addresses is not null)
        {
            Try(() => addresses.CollectGarbage(valid));
        }

        Try(() => new BridgeRemoval(network, host, report).RemoveIfEmpty());
        if (_problems.Count > 0)
        {
            throw new CniException(ErrorCode.GarbageRemains, $"network \"{network.Name}\": not everything could be freed", string.Join("; ", _problems));
        }
    }

    private void DeleteInterfaces(RouteSocket host, IReadOnlySet<Attachment> valid)
    {
        foreach (LinkInfo link in host.ListLinks())
        {
            if (link.Alias is { } alias && IsGarbage(alias, valid))
            {
                Try(() => VethPair.Delete(host, link.Name));
            }
        }
    }

    private void RemoveSpoofRules(IReadOnlySet<Attachment> valid)
    {
        string prefix = RuleComments.Prefix(network.Name);
        var kept = new HashSet<string>();
        foreach (Attachment attachment in valid)
        {
            kept.Add(RuleComments.ForAttachment(network.Name, attachment.ContainerId, attachment.InterfaceName));
        }

        SpoofRule.Remove(comment => comment.StartsWith(prefix, StringComparison.Ordinal) && !kept.Contains(comment));
    }

    // An alias begins with: flatnet NETWORK CONTAINER IFNAME.
    private bool IsGarbage(string alias, IReadOnlySet<Attachment> valid)
    {
        string[] words = alias.Split(' ');
        return words.Length >= 4 && words[0] == "flatnet" && words[1] == network.Name && words[2] != "vlan"
            && !valid.Contains(new Attachment(words[2], words[3]));
    }

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error)
        {
            _problems.Add(Failures.From(error).OneLine);
        }
    }
}
