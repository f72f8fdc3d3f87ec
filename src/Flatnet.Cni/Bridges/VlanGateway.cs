using Flatnet.Cni.Attachments;
using Flatnet.Cni.Configuration;
using Flatnet.Cni.Protocol;
using Flatnet.Netlink;

namespace Flatnet.Cni.Bridges;

/// <summary>
/// The gateway's interface in VLAN mode: <c>&lt;bridge&gt;.&lt;vlan&gt;</c>, one end of a veth pair whose other end is a bridge port
/// with that native VLAN. The bridge itself is in no VLAN.
/// </summary>
internal sealed class VlanGateway(NetworkConfiguration network, RouteSocket host, Rollback rollback)
{
    /// <summary>The interface's name.</summary>
    public string Name => $"{network.Bridge}.{network.Vlan}";

    /// <summary>The interface, created with its port if need be.</summary>
    /// <exception cref="CniException">Code 105.</exception>
    public LinkInfo Ensure(LinkInfo bridge, int mtu)
    {
        try
        {
            if (host.FindLink(Name) is { } existing)
            {
                return existing;
            }

            return Create(bridge, mtu);
        }
        catch (NetlinkException error)
        {
            throw Failures.From(error, ErrorCode.LinkFailed);
        }
    }

    private LinkInfo Create(LinkInfo bridge, int mtu)
    {
        ulong hash = Fnv1a.Hash("vlan gateway", network.Bridge, Name);
        string port = $"veth{hash >> 20:x11}";
        try
        {
            host.Execute(new RouteBatch().CreateVeth(new VethSpec { Name = Name, Mtu = mtu, Mac = DerivedMac.FromHash(hash), PeerName = port }));
        }
        catch (NetlinkException error) when (error.Is(KernelError.EEXIST) && host.FindLink(Name) is { } existing)
        {
            return existing;
        }

        rollback.Add($"interface {Name}", () => host.Execute(new RouteBatch().DeleteLink(Name)));
        Sysctl.TryWrite($"net/ipv6/conf/{Name}/accept_dad", "0");
        LinkInfo gateway = host.FindLink(Name)!;
        string alias = LinkAlias.ForVlanGateway(network.Name, network.Vlan);
        host.Execute(new RouteBatch()
            .SetLink(gateway.PeerIndex, port, new LinkChange { MasterIndex = bridge.Index, Alias = alias, Up = true })
            .SetLink(gateway.Index, Name, new LinkChange { Alias = alias, Up = true }));
        BridgePort.SetVlans(host, gateway.PeerIndex, network with { VlanTrunk = null, PreserveDefaultVlan = false });
        BridgePort.WaitUntilUp(host, gateway.PeerIndex, port);
        return gateway;
    }
}
