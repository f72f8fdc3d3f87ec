using Flatnet.Cni.Attachments;
using Flatnet.Cni.Configuration;
using Flatnet.Cni.Firewall;
using Flatnet.Netlink;

namespace Flatnet.Cni.Bridges;

/// <summary>Cleans up after a network's last container: its rules go, and the bridge if we made it and nobody else uses it.</summary>
internal sealed class BridgeRemoval(RouteSocket host, CallReport report)
{
    /// <summary>
    /// Removes the network's rules unless it has a container left, and the bridge unless it is somebody else's or has a port.
    /// Nothing goes while somebody attaches. Reports what cannot be removed.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="isOurs">The bridge is known to be ours, whether or not it is marked so already.</param>
    public void RemoveIfEmpty(NetworkConfiguration network, bool isOurs = false)
    {
        if (!network.ManageBridge || IsInUse(network))
        {
            return;
        }

        using BridgeLock? alone = BridgeLock.Take(network.Bridge, () => IsInUse(network));
        if (alone is null || IsInUse(network))
        {
            return;
        }

        // Before the bridge, which takes the kernel longest: a DEL that is killed on the way is repeated, and finds the rest.
        if (network.UsesFirewall)
        {
            new NetworkRules(network, report).Remove();
        }

        if (FindBridge(network) is { } bridge && (isOurs || LinkAlias.IsOwnBridge(bridge.Alias) || BridgeSetup.IsUnmarkedOwn(bridge, network)) && IsEmpty(bridge))
        {
            foreach (LinkInfo port in host.ListPorts(bridge.Index))
            {
                Delete(port);
            }

            Delete(bridge);
        }
    }

    private LinkInfo? FindBridge(NetworkConfiguration network) => host.FindLink(network.Bridge) is { Kind: "bridge" } bridge ? bridge : null;

    private bool IsInUse(NetworkConfiguration network)
    {
        if (FindBridge(network) is not { } bridge)
        {
            return false;
        }

        foreach (LinkInfo port in host.ListPorts(bridge.Index))
        {
            if (LinkAlias.MayBeAttachmentTo(network.Name, port.Alias))
            {
                return true;
            }
        }

        return false;
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
