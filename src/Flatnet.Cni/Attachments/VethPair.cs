using Flatnet.Cni.Bridges;
using Flatnet.Cni.Configuration;
using Flatnet.Cni.Protocol;
using Flatnet.Netlink;

namespace Flatnet.Cni.Attachments;

/// <summary>The pair of interfaces that leads from the bridge into the container.</summary>
internal sealed class VethPair(NetworkConfiguration network, AttachmentIdentity identity, RouteSocket host, RouteSocket inside, Rollback rollback)
{
    /// <summary>Creates the pair, one end in the bridge and one in the container, in one message; returns the container's end.</summary>
    /// <exception cref="CniException">Code 102 when one of the names is taken, 105 when the kernel refuses.</exception>
    public LinkInfo Create(NetworkNamespace container, LinkInfo bridge, int mtu, MacAddress? mac)
    {
        try
        {
            host.Execute(new RouteBatch().CreateVeth(new VethSpec
            {
                Name = identity.HostInterface,
                Mac = identity.HostMac,
                Mtu = mtu,
                MasterIndex = bridge.Index,
                PeerName = identity.InterfaceName,
                PeerMac = mac,
                PeerNamespace = container,
            }));
        }
        catch (NetlinkException error) when (error.Is(KernelError.EEXIST))
        {
            throw new CniException(
                ErrorCode.InterfaceExists,
                $"container veth name (\"{identity.InterfaceName}\") peer provided (\"{identity.HostInterface}\") already exists",
                "this attachment exists already, or a failed one was not removed; run DEL first",
                error);
        }
        catch (NetlinkException error)
        {
            throw Failures.From(error, ErrorCode.LinkFailed);
        }

        rollback.Add($"veth {identity.HostInterface}", () => Delete(host, identity.HostInterface));
        return inside.FindLink(identity.InterfaceName)
            ?? throw new CniException(ErrorCode.LinkFailed, $"{identity.InterfaceName} vanished right after its creation", "somebody else deletes interfaces in the container");
    }

    /// <summary>Sets the port's flags, its VLANs and its label, and puts it up.</summary>
    /// <exception cref="CniException">Code 105.</exception>
    public void ConnectHostEnd(int index, string alias)
    {
        BridgePort.SetVlans(host, index, network);
        var change = new LinkChange
        {
            Alias = alias,
            Hairpin = network.HairpinMode,
            Isolated = network.PortIsolation,
            NoIPv6LinkLocal = true,
            Up = true,
        };
        try
        {
            Change(index, change);
        }
        catch (NetlinkException error) when (error.Is(KernelError.EAFNOSUPPORT))
        {
            // No IPv6 here, or not with so small an MTU. The kernel has said so before it changed anything.
            Change(index, change with { NoIPv6LinkLocal = false });
        }
        catch (NetlinkException error)
        {
            throw Failures.From(error, ErrorCode.LinkFailed);
        }
    }

    /// <summary>Deletes a pair by the name of either end; returns false when there is none.</summary>
    public static bool Delete(RouteSocket socket, string name)
    {
        try
        {
            socket.Execute(new RouteBatch().DeleteLink(name));
            return true;
        }
        catch (NetlinkException error) when (error.Is(KernelError.ENODEV))
        {
            return false;
        }
    }

    private void Change(int index, LinkChange change) => host.Execute(new RouteBatch().SetLink(index, identity.HostInterface, change));
}
