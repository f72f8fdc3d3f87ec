using Flatnet.Cni.Attachments;
using Flatnet.Cni.Configuration;
using Flatnet.Cni.Protocol;
using Flatnet.Netlink;

namespace Flatnet.Cni.Bridges;

/// <summary>Makes sure that the network's bridge is there and as configured; creates it once.</summary>
internal sealed class BridgeSetup(NetworkConfiguration network, RouteSocket host, Rollback rollback, CallReport report)
{
    /// <summary>Whether <see cref="Ensure"/> has made the bridge: this is the network's first container.</summary>
    public bool HasCreated { get; private set; }

    /// <summary>Whether the network made this bridge and was killed before it could mark it: nobody else gives it that MAC.</summary>
    public static bool IsUnmarkedOwn(LinkInfo bridge, NetworkConfiguration network) => bridge.Alias is null && bridge.Mac == OwnMac(network);

    /// <summary>
    /// The bridge, ready for a port. A new one gets the configured MTU, or that of the default route's uplink.
    /// </summary>
    /// <exception cref="CniException">Code 103: not a bridge, missing though unmanaged, or refused by the kernel.</exception>
    public LinkInfo Ensure()
    {
        try
        {
            LinkInfo? bridge = host.FindLink(network.Bridge);
            if (!network.ManageBridge)
            {
                return CheckUnmanaged(bridge);
            }

            return bridge is null ? Create() : Adjust(RequireBridge(bridge));
        }
        catch (NetlinkException error) when (error.Is(KernelError.EOPNOTSUPP) && network.NeedsVlanFiltering)
        {
            throw BridgePort.CannotFilter(error);
        }
        catch (NetlinkException error)
        {
            throw Failures.From(error, ErrorCode.BridgeUnusable);
        }
    }

    // Fixed from the start, it also tells ours from others before the alias does.
    private static MacAddress OwnMac(NetworkConfiguration network) => DerivedMac.FromHash(Fnv1a.Hash("bridge", network.Name, network.Bridge));

    private LinkInfo CheckUnmanaged(LinkInfo? bridge)
    {
        if (bridge is null)
        {
            throw new CniException(
                ErrorCode.BridgeUnusable, $"bridge \"{network.Bridge}\" does not exist and manageBridge is false", "create it, or let flatnet manage it");
        }

        RequireFiltering(RequireBridge(bridge), "manageBridge is false");
        return bridge;
    }

    // Switching it on cuts off every port that has no VLANs yet, so it is done only to a bridge of our own.
    private void RequireFiltering(LinkInfo bridge, string whyNotByUs)
    {
        if (network.NeedsVlanFiltering && bridge.VlanFiltering != true)
        {
            throw new CniException(
                ErrorCode.BridgeUnusable,
                $"bridge \"{network.Bridge}\" does not filter VLANs and {whyNotByUs}",
                $"switch it on: ip link set {network.Bridge} type bridge vlan_filtering 1");
        }
    }

    private LinkInfo RequireBridge(LinkInfo link) => link.Kind == "bridge"
        ? link
        : throw new CniException(
            ErrorCode.BridgeUnusable, $"\"{network.Bridge}\" already exists but is not a bridge", $"it is a {link.Kind ?? "device"}; rename it or choose another bridge");

    private LinkInfo Create()
    {
        var spec = new BridgeSpec
        {
            Name = network.Bridge,
            Mtu = network.Mtu != 0 ? network.Mtu : UplinkMtu.Find(host),
            Mac = OwnMac(network),
            VlanFiltering = network.NeedsVlanFiltering,
        };
        try
        {
            host.Execute(new RouteBatch().CreateBridge(spec));
        }
        catch (NetlinkException error) when (error.Is(KernelError.EEXIST))
        {
            // Another attachment was faster. Whose it is shows its alias, as soon as that one has come so far.
            return Adjust(RequireBridge(host.FindLink(network.Bridge) ?? throw Failures.From(error, ErrorCode.BridgeUnusable)));
        }

        HasCreated = true;
        LinkInfo bridge = host.FindLink(network.Bridge)!;
        rollback.Add($"bridge {network.Bridge}", () => new BridgeRemoval(network, host, report).RemoveIfEmpty(isOurs: true));
        WriteIPv6Settings();
        host.Execute(new RouteBatch().SetLink(
            bridge.Index, bridge.Name, new LinkChange { Alias = LinkAlias.ForBridge(network.Name), Promiscuous = network.PromiscMode ? true : null, Up = true }));
        return bridge;
    }

    private LinkInfo Adjust(LinkInfo bridge)
    {
        bool promiscuous = network.PromiscMode && !bridge.Promiscuous;
        bool filtering = network.NeedsVlanFiltering && bridge.VlanFiltering != true;
        if (bridge.Mac != OwnMac(network) && !LinkAlias.IsOwnBridge(bridge.Alias))
        {
            RequireFiltering(bridge, "was not created by flatnet");
        }

        bool unmarked = IsUnmarkedOwn(bridge, network);
        if (promiscuous || filtering || unmarked || !bridge.IsUp)
        {
            host.Execute(new RouteBatch().SetLink(bridge.Index, bridge.Name, new LinkChange
            {
                Promiscuous = promiscuous ? true : null,
                VlanFiltering = filtering ? true : null,
                Alias = unmarked ? LinkAlias.ForBridge(network.Name) : null,
                Up = true,
            }));
        }

        return bridge;
    }

    // Without them the gateway's own IPv6 address would be tentative for seconds, and the bridge would believe routers among
    // the containers. A kernel without IPv6 has neither file.
    private void WriteIPv6Settings()
    {
        Sysctl.TryWrite($"net/ipv6/conf/{network.Bridge}/accept_dad", "0");
        Sysctl.TryWrite($"net/ipv6/conf/{network.Bridge}/accept_ra", "0");
    }
}
