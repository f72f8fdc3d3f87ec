using Flatnet.Cni.Attachments;
using Flatnet.Cni.Configuration;
using Flatnet.Cni.Firewall;
using Flatnet.Netlink;

namespace Flatnet.Cni.Bridges;

/// <summary>Cleans up after a network's last container: its rules go, and the bridge if we made it and nobody else uses it.</summary>
internal sealed class BridgeRemoval(NetworkConfiguration network, RouteSocket host, CallReport report)
{
    // Deletions take the kernel some twenty milliseconds, one or many. A group makes them one; any number nobody uses will do.
    private const uint RemovalGroup = 0x666c6174;

    private bool _isDone;

    /// <summary>
    /// Removes the last container's port together with the bridge and the network's rules. False, and nothing done, when it is
    /// not the last, or not in the bridge, or the bridge is not ours, or somebody is about to attach.
    /// </summary>
    public bool RemoveWithLastPort(string port)
    {
        if (!network.ManageBridge || FindOwnBridge(isOurs: false) is not { } bridge || !IsEmptyBut(bridge, port))
        {
            return false;
        }

        using BridgeLock? alone = BridgeLock.Take(network.Bridge, static () => true);
        if (alone is null || !IsEmptyBut(bridge, port) || !host.ListPorts(bridge.Index).Exists(found => found.Name == port))
        {
            return false;
        }

        using IDisposable? rules = RemoveRules();
        _isDone = Delete(bridge, port);
        return _isDone;
    }

    /// <summary>
    /// Removes the network's rules unless it has a container left, and the bridge unless it is somebody else's or has a port.
    /// Nothing goes while somebody attaches. Reports what cannot be removed.
    /// </summary>
    /// <param name="isOurs">The bridge is known to be ours, whether or not it is marked so already.</param>
    public void RemoveIfEmpty(bool isOurs = false)
    {
        if (_isDone || !network.ManageBridge || IsInUse())
        {
            return;
        }

        using BridgeLock? alone = BridgeLock.Take(network.Bridge, IsInUse);
        if (alone is null || IsInUse())
        {
            return;
        }

        // Before the bridge, which takes the kernel longest: a DEL that is killed on the way is repeated, and finds the rest.
        using IDisposable? rules = RemoveRules();
        if (FindOwnBridge(isOurs) is { } bridge && IsEmptyBut(bridge, port: null))
        {
            Delete(bridge, port: null);
        }
    }

    private IDisposable? RemoveRules() => network.UsesFirewall ? new NetworkRules(network, report).Remove() : null;

    private LinkInfo? FindBridge() => host.FindLink(network.Bridge) is { Kind: "bridge" } bridge ? bridge : null;

    private LinkInfo? FindOwnBridge(bool isOurs) =>
        FindBridge() is { } bridge && (isOurs || LinkAlias.IsOwnBridge(bridge.Alias) || BridgeSetup.IsUnmarkedOwn(bridge, network)) ? bridge : null;

    private bool IsInUse() =>
        FindBridge() is { } bridge && RouteSocket.AnyPort(bridge.Index, port => LinkAlias.MayBeAttachmentTo(network.Name, port.Alias));

    // The gateways of VLANs do not count: they serve the containers that are gone.
    private static bool IsEmptyBut(LinkInfo bridge, string? port) =>
        !RouteSocket.AnyPort(bridge.Index, other => other.Name != port && !LinkAlias.IsVlanGateway(other.Alias));

    // Of the ports only those known to be ours: what somebody plugs in at this moment stays, and keeps its interface.
    private bool Delete(LinkInfo bridge, string? port)
    {
        try
        {
            uint group = UnusedGroup();
            var batch = new RouteBatch();
            foreach (LinkInfo candidate in host.ListPorts(bridge.Index))
            {
                if (candidate.Name == port || LinkAlias.IsVlanGateway(candidate.Alias))
                {
                    batch.SetLink(candidate.Index, candidate.Name, new LinkChange { Group = group });
                }
            }

            batch.SetLink(bridge.Index, bridge.Name, new LinkChange { Group = group });
            host.Execute(batch.DeleteGroup(group, $"{bridge.Name} and its ports"));
            return true;
        }
        catch (NetlinkException error) when (error.Is(KernelError.ENODEV))
        {
            // Somebody else was faster; what is left shows when it is looked for again.
            return false;
        }
        catch (NetlinkException error)
        {
            report.Warn($"the empty bridge stays: {error.Message}");
            return false;
        }
    }

    private uint UnusedGroup()
    {
        List<LinkInfo> links = host.ListLinks();
        uint group = RemovalGroup;
        while (links.Exists(link => link.Group == group))
        {
            group++;
        }

        return group;
    }
}
