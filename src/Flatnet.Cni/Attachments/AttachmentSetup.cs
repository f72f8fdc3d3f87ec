using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Flatnet.Cni.Addressing;
using Flatnet.Cni.Bridges;
using Flatnet.Cni.Configuration;
using Flatnet.Cni.Firewall;
using Flatnet.Cni.Protocol;
using Flatnet.Cni.Results;
using Flatnet.Ipam;
using Flatnet.Netlink;

namespace Flatnet.Cni.Attachments;

/// <summary>
/// Attaches a container: addresses, bridge, veth pair, the inside, the network's rules. Everything is checked before anything
/// is touched; when a step fails, what this call did is undone, last first, and the first error is the one reported.
/// </summary>
internal sealed class AttachmentSetup
{
    private readonly NetworkConfiguration _network;
    private readonly AttachmentRequest _request;
    private readonly IAddressSource? _addresses;
    private readonly CallReport _report;
    private readonly Rollback _rollback;
    private readonly AttachmentIdentity _identity;

    public AttachmentSetup(NetworkConfiguration network, AttachmentRequest request, IAddressSource? addresses, CallReport report)
    {
        _network = network;
        _request = request;
        _addresses = addresses;
        _report = report;
        _rollback = new Rollback(report);
        _identity = new AttachmentIdentity(request.Network, request.ContainerId, request.InterfaceName);
    }

    /// <summary>Attaches the container and says what came of it.</summary>
    /// <exception cref="CniException">Nothing is left behind.</exception>
    public CniResult Run()
    {
        using NetworkNamespace container = NetworkNamespace.Open(_request.NamespacePath);
        CheckNamespace(container);
        using RouteSocket host = RouteSocket.Open();
        using RouteSocket inside = container.Enter(RouteSocket.Open);
        CheckInterfaceIsFree(inside);
        try
        {
            return Attach(container, host, inside);
        }
        catch (Exception error)
        {
            _rollback.Undo();
            throw Failures.From(error);
        }
    }

    private CniResult Attach(NetworkNamespace container, RouteSocket host, RouteSocket inside)
    {
        IpamResult? lease = Lease();
        var links = new List<ResultInterface>(4);

        // Held only while the bridge could be taken for empty.
        using (BridgeLock.Share(_network.Bridge, _report))
        {
            var bridgeSetup = new BridgeSetup(_network, host, _rollback, _report);
            LinkInfo bridge = bridgeSetup.Ensure();
            int mtu = _network.Mtu != 0 ? _network.Mtu : bridge.Mtu;
            var pair = new VethPair(_network, _identity, host, inside, _rollback);
            LinkInfo eth = pair.Create(container, bridge, mtu, ChooseMac(lease));
            string alias = LinkAlias.ForAttachment(_request, AddressesOf(lease));
            pair.ConnectHostEnd(eth.PeerIndex, alias);
            if (_network.MacSpoofCheck && _network.UsesFirewall)
            {
                _rollback.Add("the MAC spoofing rule", () => SpoofRule.Remove(comment => comment == _identity.RuleComment));
                SpoofRule.Add(_identity, eth.Mac!.Value);
            }

            links.Add(new ResultInterface(bridge.Name, bridge.Mac?.ToString() ?? "", bridge.Mtu));
            links.Add(new ResultInterface(_identity.HostInterface, _identity.HostMac.ToString(), eth.Mtu));
            links.Add(new ResultInterface(eth.Name, eth.Mac?.ToString() ?? "", eth.Mtu, _request.NamespacePath));
            new ContainerInterface(_network, container, inside).Configure(eth, lease);
            if (!_network.DisableContainerInterface)
            {
                BridgePort.WaitUntilUp(host, eth.PeerIndex, _identity.HostInterface);
            }

            if (lease is not null && _network.IsGateway)
            {
                ServeAsGateway(host, bridge, lease, mtu, links);
            }

            if (lease is not null)
            {
                new NetworkRules(_network, _report).Ensure(lease.Addresses, bridgeSetup.HasCreated);
            }
        }

        return ToResult(lease, links);
    }

    private void CheckNamespace(NetworkNamespace container)
    {
        if (_request.AllowsOwnNamespace)
        {
            return;
        }

        using NetworkNamespace own = NetworkNamespace.Current();
        if (container.IsSameAs(own))
        {
            throw new CniException(
                ErrorCode.InvalidNamespace,
                "plugin's netns and netns from CNI_NETNS should not be the same",
                $"CNI_NETNS={_request.NamespacePath} is the host's own namespace; CNI_NETNS_OVERRIDE=1 insists");
        }
    }

    private void CheckInterfaceIsFree(RouteSocket inside)
    {
        if (inside.FindLink(_request.InterfaceName) is not null)
        {
            throw new CniException(
                ErrorCode.InterfaceExists,
                $"container veth name (\"{_request.InterfaceName}\") already exists",
                $"in {_request.NamespacePath}; choose another CNI_IFNAME or run DEL first");
        }
    }

    private IpamResult? Lease()
    {
        if (_addresses is null)
        {
            return null;
        }

        IpamResult lease = WithGateways(_addresses.Acquire());
        _rollback.Add("the address lease", _addresses.Release);
        _report.Addresses = Cidrs(lease.Addresses);
        return lease;
    }

    // An IPAM plugin that names no gateway leaves it to us: the first address of the subnet.
    private IpamResult WithGateways(IpamResult lease)
    {
        if (!_network.IsGateway)
        {
            return lease;
        }

        var addresses = new List<AssignedAddress>(lease.Addresses.Length);
        foreach (AssignedAddress address in lease.Addresses)
        {
            addresses.Add(address.Gateway is null ? address with { Gateway = Subnet.FirstHost(address.Address, address.PrefixLength) } : address);
        }

        return lease with { Addresses = [.. addresses], Routes = _network.IsDefaultGateway ? WithDefaultRoutes(addresses, lease.Routes) : lease.Routes };
    }

    // Any default route of the family counts as present, with or without a gateway of its own.
    private static List<Route> WithDefaultRoutes(List<AssignedAddress> addresses, IReadOnlyList<Route> routes)
    {
        var all = new List<Route>(routes);
        foreach (AssignedAddress address in addresses)
        {
            AddressFamily family = address.Address.AddressFamily;
            if (!all.Exists(route => route.Destination.Length == 0 && route.Destination.Address.AddressFamily == family))
            {
                IPAddress any = family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
                all.Add(new Route { Destination = new IpPrefix(any, 0), Gateway = address.Gateway });
            }
        }

        return all;
    }

    private MacAddress? ChooseMac(IpamResult? lease)
    {
        if (_network.Mac is not null || lease is null)
        {
            return _network.Mac;
        }

        return DerivedMac.FromAddress(lease.Addresses[0].Address);
    }

    private void ServeAsGateway(RouteSocket host, LinkInfo bridge, IpamResult lease, int mtu, List<ResultInterface> links)
    {
        if (!_network.ManageBridge)
        {
            return;
        }

        LinkInfo holder = bridge;
        if (_network.Vlan != 0)
        {
            holder = new VlanGateway(_network, host, _rollback).Ensure(bridge, mtu);
            links.Add(new ResultInterface(holder.Name, holder.Mac?.ToString() ?? "", holder.Mtu));
        }

        new GatewayAddresses(host, _rollback, _identity.HostInterface).Ensure(holder, lease.Addresses, _network.ForceAddress);
        Forwarding.Enable(lease.Addresses);
    }

    private static string Cidrs(ImmutableArray<AssignedAddress> addresses)
    {
        string text = "";
        foreach (AssignedAddress address in addresses)
        {
            text += $"{(text.Length == 0 ? "" : ",")}{address.Address}/{address.PrefixLength}";
        }

        return text;
    }

    private static List<IPAddress> AddressesOf(IpamResult? lease)
    {
        var addresses = new List<IPAddress>();
        foreach (AssignedAddress address in lease?.Addresses ?? [])
        {
            addresses.Add(address.Address);
        }

        return addresses;
    }

    private CniResult ToResult(IpamResult? lease, List<ResultInterface> links)
    {
        const int containerEnd = 2;
        var addresses = new List<ResultAddress>();
        foreach (AssignedAddress address in lease?.Addresses ?? [])
        {
            addresses.Add(new ResultAddress(address.Address, address.PrefixLength, address.Gateway, containerEnd));
        }

        return new CniResult
        {
            Interfaces = links,
            Addresses = addresses,
            Routes = lease?.Routes ?? [],
            Dns = _network.Dns ?? lease?.Dns ?? new DnsSettings(),
        };
    }
}
