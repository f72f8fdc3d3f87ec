using Flatnet.Cni.Attachments;
using Flatnet.Cni.Configuration;
using Flatnet.Cni.Firewall;
using Flatnet.Netlink;

namespace Flatnet.Cni.Bridges;

/// <summary>Removes a bridge that we created when its last container has left, with the network's rules.</summary>
internal sealed class BridgeRemoval(RouteSocket host, CallReport report)
{
    /// <summary>
    /// Removes the bridge unless it is somebody else's, has a port, or is about to get one. Reports what cannot be removed.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="isOurs">The bridge is known to be ours, whether or not it is marked so already.</param>
    public void RemoveIfEmpty(NetworkConfiguration network, bool isOurs = false)
    {
        if (!network.ManageBridge || host.FindLink(network.Bridge) is not { Kind: "bridge" } bridge
            || !(isOurs || LinkAlias.IsOwnBridge(bridge.Alias)) || !IsEmpty(bridge))
        {
            return;
        }

        using BridgeLock? alone = BridgeLock.TryTake(network.Bridge);
        if (alone is null || !IsEmpty(bridge))
        {
            return;
        }

        foreach (LinkInfo port in host.ListPorts(bridge.Index))
        {
            Delete(port);
        }

        Delete(bridge);
        if (network.UsesFirewall)
        {
            new NetworkRules(network, report).Remove();
        }
    }

    // The gateways of VLANs do not count: they serve the containers that are gone.
    private bool IsEmpty(LinkInfo bridge)
    {
        foreach (LinkInfo port in host.ListPorts(bridge.Index))
        {
            if (!LinkAlias.IsVlanGateway(port.Alias))
            {
                return false;
            }
        }

        return true;
    }

    private void Delete(LinkInfo link)
    {
        try
        {
            host.Execute(new RouteBatch().DeleteLink(link.Index, link.Name));
        }
        catch (NetlinkException error) when (error.Is(KernelError.ENODEV))
        {
            // Its other end went first, or somebody else was faster.
        }
        catch (NetlinkException error)
        {
            report.Warn($"the empty bridge stays: {error.Message}");
        }
    }
}
