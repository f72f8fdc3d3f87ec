using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Flatnet.Cni.Addressing;
using Flatnet.Cni.Attachments;
using Flatnet.Cni.Protocol;
using Flatnet.Ipam;
using Flatnet.Netlink;

namespace Flatnet.Cni.Bridges;

/// <summary>Puts the gateway addresses on the bridge, or on the VLAN's own interface.</summary>
/// <param name="host">The host's namespace.</param>
/// <param name="rollback">Takes what was changed.</param>
/// <param name="ownPort">The port of this attachment, which does not keep the gateway alive.</param>
internal sealed class GatewayAddresses(RouteSocket host, Rollback rollback, string ownPort)
{
    /// <summary>
    /// Makes sure that <paramref name="link"/> carries the gateway of each address. Another IPv4 address, or an overlapping IPv6
    /// one, is a conflict unless <paramref name="force"/> lets it give way.
    /// </summary>
    /// <exception cref="CniException">Code 104 on a conflict, 106 when the kernel refuses.</exception>
    public void Ensure(LinkInfo link, ImmutableArray<AssignedAddress> addresses, bool force)
    {
        try
        {
            List<AddressInfo> present = host.ListAddresses(link.Index);
            foreach (AssignedAddress address in addresses)
            {
                if (address.Gateway is { } gateway && !Contains(present, gateway, address.PrefixLength))
                {
                    MakeRoom(link, present, gateway, address.PrefixLength, force);
                    Add(link, gateway, address.PrefixLength);
                }
            }
        }
        catch (NetlinkException error)
        {
            throw Failures.From(error, ErrorCode.AddressFailed);
        }
    }

    private static bool Contains(List<AddressInfo> present, IPAddress address, int prefixLength)
    {
        foreach (AddressInfo existing in present)
        {
            if (existing.PrefixLength == prefixLength && existing.Address.Equals(address))
            {
                return true;
            }
        }

        return false;
    }

    private void MakeRoom(LinkInfo link, List<AddressInfo> present, IPAddress gateway, int prefixLength, bool force)
    {
        foreach (AddressInfo existing in present)
        {
            if (!Conflicts(existing, gateway, prefixLength))
            {
                continue;
            }

            if (!force)
            {
                throw new CniException(
                    ErrorCode.BridgeAddressConflict,
                    $"\"{link.Name}\" already has an IP address different from {gateway}/{prefixLength}",
                    $"it has {existing.Address}/{existing.PrefixLength}; remove that, choose another bridge, or set forceAddress");
            }

            var spec = new AddressSpec { LinkIndex = link.Index, Address = existing.Address, PrefixLength = existing.PrefixLength, NoDad = true };
            host.Execute(new RouteBatch().DeleteAddress(spec));
            rollback.Add($"removal of {existing.Address}/{existing.PrefixLength} from {link.Name}", () => PutBack(link, spec));
        }
    }

    private static bool Conflicts(AddressInfo existing, IPAddress gateway, int prefixLength)
    {
        if (existing.Address.AddressFamily != gateway.AddressFamily)
        {
            return false;
        }

        // Several IPv6 networks may share a bridge; with IPv4 a second one is nearly always somebody else's.
        return gateway.AddressFamily == AddressFamily.InterNetwork
            || Subnet.Shares(gateway, existing.Address, Math.Min(prefixLength, existing.PrefixLength));
    }

    private void Add(LinkInfo link, IPAddress gateway, int prefixLength)
    {
        var spec = new AddressSpec { LinkIndex = link.Index, Address = gateway, PrefixLength = prefixLength, NoDad = true };
        var batch = new RouteBatch().AddAddress(spec, tolerateExisting: true);
        if (link.Mac is { } mac)
        {
            // Writing the address it has pins it: an unpinned bridge takes the lowest of its ports', and every neighbour's
            // cache is wrong the moment a container comes or goes.
            batch.SetLink(link.Index, link.Name, new LinkChange { Mac = mac });
        }

        host.Execute(batch);
        rollback.Add($"address {gateway}/{prefixLength} of {link.Name}", () => RemoveIfUnused(link, spec));
    }

    private void RemoveIfUnused(LinkInfo link, AddressSpec spec)
    {
        if (!HasNeighbours(link) && host.FindLink(link.Index) is not null)
        {
            host.Execute(new RouteBatch().DeleteAddress(spec));
        }
    }

    private void PutBack(LinkInfo link, AddressSpec spec)
    {
        if (!HasNeighbours(link))
        {
            host.Execute(new RouteBatch().AddAddress(spec, tolerateExisting: true));
        }
    }

    // Another container that attached meanwhile uses the gateway too. Ports that are not containers' do not care.
    private bool HasNeighbours(LinkInfo link) =>
        host.ListPorts(link.Index).Exists(port => port.Name != ownPort && port.Mac is { } mac && DerivedMac.IsFromHash(mac));
}
