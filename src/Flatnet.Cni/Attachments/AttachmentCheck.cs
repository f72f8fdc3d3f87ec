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
/// Compares an attachment with what ADD answered and with its configuration. Looks only at what this plugin is responsible for,
/// so that changes made by plugins further down the list are no fault.
/// </summary>
internal sealed class AttachmentCheck(
    NetworkConfiguration network, AttachmentRequest request, CniResult previous, IAddressSource? addresses, CallReport report)
{
    private readonly AttachmentIdentity _identity = new(request.Network, request.ContainerId, request.InterfaceName);
    private List<RouteInfo>? _routesIPv4;
    private List<RouteInfo>? _routesIPv6;

    /// <summary>Passes in silence when all is as it was made.</summary>
    /// <exception cref="CniException">Code 130, naming the first thing that is not.</exception>
    public void Run()
    {
        addresses?.Check();
        using NetworkNamespace container = NetworkNamespace.Open(request.NamespacePath);
        using RouteSocket host = RouteSocket.Open();
        using RouteSocket inside = container.Enter(RouteSocket.Open);
        LinkInfo bridge = CheckBridge(host);
        LinkInfo eth = CheckContainerEnd(inside);
        CheckPort(host, bridge, eth);
        CheckAddresses(inside, eth);
        CheckRoutes(inside);
        ImmutableArray<AssignedAddress> assigned = Assigned();
        if (assigned.Length > 0)
        {
            CheckGateway(host, bridge, assigned);
        }
    }

    private LinkInfo CheckBridge(RouteSocket host)
    {
        LinkInfo bridge = host.FindLink(network.Bridge) ?? throw Wrong($"bridge {network.Bridge} does not exist");
        Require(bridge.Kind == "bridge", $"{network.Bridge} is no bridge but {bridge.Kind}");
        Require(Recorded(network.Bridge, null) is not { } recorded || SameMac(recorded.Mac, bridge.Mac), $"bridge {network.Bridge} has another MAC than recorded");
        Require(bridge.IsUp, $"bridge {network.Bridge} is down");
        Require(!network.ManageBridge || !network.PromiscMode || bridge.Promiscuous, $"bridge {network.Bridge} is not promiscuous");
        Require(!network.NeedsVlanFiltering || bridge.VlanFiltering == true, $"bridge {network.Bridge} does not filter VLANs");
        return bridge;
    }

    private LinkInfo CheckContainerEnd(RouteSocket inside)
    {
        string name = request.InterfaceName;
        ResultInterface recorded = Recorded(name, request.NamespacePath)
            ?? throw Wrong($"prevResult has no interface {name} in sandbox {request.NamespacePath}");
        LinkInfo eth = inside.FindLink(name) ?? throw Wrong($"interface {name} does not exist in the container");
        Require(eth.Kind == "veth", $"{name} in the container is no veth but {eth.Kind}");
        Require(SameMac(recorded.Mac, eth.Mac), $"{name} in the container has another MAC than recorded ({eth.Mac}, {recorded.Mac})");
        Require(eth.IsUp || network.DisableContainerInterface, $"{name} in the container is down");
        return eth;
    }

    private void CheckPort(RouteSocket host, LinkInfo bridge, LinkInfo eth)
    {
        LinkInfo port = host.FindLink(eth.PeerIndex) ?? throw Wrong($"the host's end of {eth.Name} does not exist");
        Require(port.Kind == "veth", $"{port.Name} is no veth but {port.Kind}");
        Require(port.PeerIndex == eth.Index, $"{port.Name} is not the other end of {eth.Name}");
        ResultInterface recorded = Recorded(port.Name, null) ?? throw Wrong($"prevResult has no host interface {port.Name}");
        Require(SameMac(recorded.Mac, port.Mac), $"{port.Name} has another MAC than recorded");
        Require(port.MasterIndex == bridge.Index, $"{port.Name} is not plugged into {network.Bridge}");
        Require(port.IsUp, $"{port.Name} is down");
        Require((port.Hairpin ?? false) == network.HairpinMode, $"{port.Name} has hairpin mode {OnOff(!network.HairpinMode)}");
        Require((port.Isolated ?? false) == network.PortIsolation, $"{port.Name} has port isolation {OnOff(!network.PortIsolation)}");
        if (network.Mtu != 0)
        {
            Require(port.Mtu == network.Mtu, $"{port.Name} has MTU {port.Mtu} instead of {network.Mtu}");
        }

        // A later plugin may lower the container's MTU; the host's end must then still take what the container sends.
        Require(eth.Mtu <= port.Mtu, $"{eth.Name} sends up to {eth.Mtu} bytes and {port.Name} takes only {port.Mtu}");
        CheckVlans(host, port);
        if (network is { MacSpoofCheck: true, UsesFirewall: true })
        {
            Require(SpoofRule.IsPresent(_identity), $"the MAC spoofing rule of {port.Name} is missing");
        }
    }

    private void CheckVlans(RouteSocket host, LinkInfo port)
    {
        if (!network.NeedsVlanFiltering)
        {
            return;
        }

        List<BridgeVlan> present = host.ListBridgeVlans(port.Index);
        foreach (BridgeVlan expected in BridgePort.ExpectedVlans(network))
        {
            Require(present.Contains(expected), $"{port.Name} is not in VLAN {expected.Id} as configured");
        }
    }

    private void CheckAddresses(RouteSocket inside, LinkInfo eth)
    {
        if (previous.Addresses.Count == 0)
        {
            return;
        }

        List<AddressInfo> present = inside.ListAddresses(eth.Index);
        foreach (ResultAddress expected in previous.Addresses)
        {
            if (expected.Interface is { } index && !IsContainerEnd(index))
            {
                continue;
            }

            Require(
                present.Exists(address => address.PrefixLength == expected.PrefixLength && address.Address.Equals(expected.Address)),
                $"{eth.Name} in the container does not have {expected.Cidr}");
            IpPrefix subnet = Subnet.Of(expected.Address, expected.PrefixLength);
            Require(
                RoutesOf(inside, expected.Address.AddressFamily).Exists(route => Leads(route, subnet, null)),
                $"the container has no route to {subnet}");
        }
    }

    private void CheckRoutes(RouteSocket inside)
    {
        foreach (Route expected in previous.Routes)
        {
            AddressFamily family = expected.Destination.Address.AddressFamily;
            // A default route may meanwhile lead elsewhere, by another network or plugin.
            IPAddress? gateway = expected.Destination.Length == 0 ? null : expected.Gateway;
            Require(
                RoutesOf(inside, family).Exists(route => Leads(route, expected.Destination, gateway)),
                $"the container has no route to {expected.Destination}{(gateway is null ? "" : $" by {gateway}")}");
        }
    }

    private List<RouteInfo> RoutesOf(RouteSocket inside, AddressFamily family) => family == AddressFamily.InterNetwork
        ? _routesIPv4 ??= inside.ListRoutes(family)
        : _routesIPv6 ??= inside.ListRoutes(family);

    private void CheckGateway(RouteSocket host, LinkInfo bridge, ImmutableArray<AssignedAddress> assigned)
    {
        if (!network.IsGateway || !network.ManageBridge)
        {
            return;
        }

        LinkInfo holder = bridge;
        if (network.Vlan != 0)
        {
            string name = $"{network.Bridge}.{network.Vlan}";
            holder = host.FindLink(name) ?? throw Wrong($"the gateway's interface {name} does not exist");
        }

        List<AddressInfo> present = host.ListAddresses(holder.Index);
        foreach (AssignedAddress address in assigned)
        {
            Require(
                address.Gateway is null || present.Exists(existing => existing.Address.Equals(address.Gateway)),
                $"{holder.Name} does not have the gateway address {address.Gateway}");
        }

        string? disabled = Forwarding.FindDisabled(assigned);
        Require(disabled is null, $"the host does not forward: {disabled} is not 1");
        if (new NetworkRules(network, report).Missing(assigned) is { } missing)
        {
            throw Wrong(missing);
        }
    }

    private ImmutableArray<AssignedAddress> Assigned()
    {
        ImmutableArray<AssignedAddress>.Builder assigned = ImmutableArray.CreateBuilder<AssignedAddress>();
        foreach (ResultAddress address in previous.Addresses)
        {
            assigned.Add(new AssignedAddress(address.Address, address.PrefixLength, address.Gateway));
        }

        return assigned.DrainToImmutable();
    }

    private bool IsContainerEnd(int index) =>
        index >= 0 && index < previous.Interfaces.Count && previous.Interfaces[index].Name == request.InterfaceName;

    private ResultInterface? Recorded(string name, string? sandbox)
    {
        foreach (ResultInterface link in previous.Interfaces)
        {
            if (link.Name == name && link.Sandbox == sandbox)
            {
                return link;
            }
        }

        return null;
    }

    private static bool Leads(RouteInfo route, IpPrefix destination, IPAddress? gateway) =>
        route.PrefixLength == destination.Length
        && (destination.Length == 0 || destination.Address.Equals(route.Destination))
        && (gateway is null || gateway.Equals(route.Gateway));

    private static bool SameMac(string recorded, MacAddress? actual) =>
        recorded.Length == 0 || (MacAddress.TryParse(recorded, out MacAddress mac) && mac == actual);

    private static string OnOff(bool on) => on ? "on" : "off";

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw Wrong(problem);
        }
    }

    private static CniException Wrong(string problem) => new(ErrorCode.CheckFailed, problem, "restart the container, or undo what changed it");
}
