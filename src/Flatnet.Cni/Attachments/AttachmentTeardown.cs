using Flatnet.Cni.Addressing;
using Flatnet.Cni.Bridges;
using Flatnet.Cni.Configuration;
using Flatnet.Cni.Firewall;
using Flatnet.Netlink;

namespace Flatnet.Cni.Attachments;

/// <summary>
/// Removes an attachment. Every step is tried whatever became of the others, what is gone already is fine, and all failures are
/// reported together at the end.
/// </summary>
internal sealed class AttachmentTeardown(NetworkConfiguration network, AttachmentRequest request, IAddressSource? addresses, CallReport report)
{
    private readonly AttachmentIdentity _identity = new(request.Network, request.ContainerId, request.InterfaceName);
    private Exception? _first;

    /// <summary>Removes rules, interfaces, lease and, with the last container, the bridge.</summary>
    /// <exception cref="Exception">The first failure; the others are in the report.</exception>
    public void Run()
    {
        using RouteSocket host = RouteSocket.Open();
        var bridge = new BridgeRemoval(network, host, report);
        if (network is { MacSpoofCheck: true, UsesFirewall: true })
        {
            Try("the MAC spoofing rule", RemoveSpoofRule);
        }

        bool isGone = false;
        Try("the host's interface", () =>
            isGone = bridge.RemoveWithLastPort(_identity.HostInterface) || VethPair.Delete(host, _identity.HostInterface));
        if (!isGone)
        {
            Try("the container's interface", DeleteContainerInterface);
        }

        if (addresses is not null)
        {
            // After the interface: whoever gets the address next must find it unused.
            Try("the address lease", addresses.Release);
        }

        Try("the bridge", () => bridge.RemoveIfEmpty());
        if (_first is not null)
        {
            throw _first;
        }
    }

    private void RemoveSpoofRule()
    {
        try
        {
            SpoofRule.Remove(comment => comment == _identity.RuleComment);
        }
        catch (NetlinkException error)
        {
            // No nf_tables, hence no rule.
            report.Warn($"macspoofchk: {error.Message}");
        }
    }

    // Another plugin may have made the pair, under another name on the host.
    private void DeleteContainerInterface()
    {
        if (request.NamespacePath.Length == 0)
        {
            return;
        }

        try
        {
            using NetworkNamespace container = NetworkNamespace.Open(request.NamespacePath);
            using NetworkNamespace own = NetworkNamespace.Current();
            if (container.IsSameAs(own) && !request.AllowsOwnNamespace)
            {
                // What goes by that name here is the host's, not the container's.
                report.Warn($"CNI_NETNS={request.NamespacePath} is the host's own namespace; nothing deleted in it");
                return;
            }

            using RouteSocket inside = container.Enter(RouteSocket.Open);
            VethPair.Delete(inside, request.InterfaceName);
        }
        catch (NamespaceException error)
        {
            if (error.Reason != NamespaceFailure.NotFound)
            {
                report.Warn(error.Message);
            }
        }
    }

    private void Try(string what, Action action)
    {
        try
        {
            action();
        }
        catch (Exception error)
        {
            if (_first is null)
            {
                _first = error;
            }
            else
            {
                report.Warn($"removing {what}: {error.Message}");
            }
        }
    }
}
