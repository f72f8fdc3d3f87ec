using System.Net;
using System.Net.Sockets;
using Flatnet.Cni.Configuration;
using Flatnet.Cni.Protocol;
using Flatnet.Ipam;
using Flatnet.Netlink;

namespace Flatnet.Cni.Attachments;

/// <summary>Configures the container's end: settings, addresses, up, routes, in one batch of messages.</summary>
internal sealed class ContainerInterface(NetworkConfiguration network, NetworkNamespace container, RouteSocket inside)
{
    private static readonly TimeSpan DadTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DadPause = TimeSpan.FromMilliseconds(20);

    /// <summary>Brings the interface to life; without a lease it is only put up.</summary>
    /// <exception cref="CniException">Code 106, 107 or 108.</exception>
    public void Configure(LinkInfo link, IpamResult? lease)
    {
        if (lease is null)
        {
            if (!network.DisableContainerInterface)
            {
                Execute(new RouteBatch().SetLink(link.Index, link.Name, new LinkChange { Up = true }), ErrorCode.LinkFailed);
            }

            return;
        }

        bool hasIPv6 = HasFamily(lease, AddressFamily.InterNetworkV6);
        if (hasIPv6 || network.EnableDad)
        {
            container.Enter(() => WriteIPv6Settings(link.Name, hasIPv6));
        }

        var batch = new RouteBatch().SetLink(link.Index, link.Name, new LinkChange { ArpNotify = true });
        foreach (AssignedAddress address in lease.Addresses)
        {
            batch.AddAddress(new AddressSpec
            {
                LinkIndex = link.Index,
                Address = address.Address,
                PrefixLength = address.PrefixLength,
                // The lease is the proof that nobody else has it; waiting for silence on the wire would cost seconds.
                NoDad = !network.EnableDad,
            });
        }

        Execute(batch.SetLink(link.Index, link.Name, new LinkChange { Up = true }), ErrorCode.AddressFailed);
        if (hasIPv6 && network.EnableDad)
        {
            WaitForDad(link);
        }

        AddRoutes(link, lease);
    }

    private void AddRoutes(LinkInfo link, IpamResult lease)
    {
        var batch = new RouteBatch();
        foreach (Route route in lease.Routes)
        {
            batch.AddRoute(new RouteSpec
            {
                Destination = route.Destination.Address,
                PrefixLength = route.Destination.Length,
                Gateway = route.Gateway ?? GatewayOf(lease, route.Destination.Address.AddressFamily),
                LinkIndex = link.Index,
                Priority = (uint?)route.Priority,
                Table = (uint?)route.Table,
                Scope = (byte?)route.Scope,
                Mtu = route.Mtu,
                AdvMss = route.AdvMss,
            });
        }

        if (!batch.IsEmpty)
        {
            Execute(batch, ErrorCode.RouteFailed);
        }
    }

    private void Execute(RouteBatch batch, ErrorCode code)
    {
        try
        {
            inside.Execute(batch);
        }
        catch (NetlinkException error)
        {
            throw Failures.From(error, code);
        }
    }

    private bool WriteIPv6Settings(string name, bool hasIPv6)
    {
        if (network.EnableDad)
        {
            Sysctl.TryWrite($"net/ipv6/conf/{name}/enhanced_dad", "1");
        }

        Sysctl.TryWrite($"net/ipv6/conf/{name}/accept_dad", network.EnableDad ? "1" : "0");
        if (hasIPv6)
        {
            // Runtimes switch IPv6 off in new namespaces when they know of no IPv6 network; an address needs it.
            Require("net/ipv6/conf/lo/disable_ipv6", "0");
            Require($"net/ipv6/conf/{name}/disable_ipv6", "0");
            Require($"net/ipv6/conf/{name}/keep_addr_on_down", "1");
        }

        return true;
    }

    // Written only where it is not so already: a read-only /proc/sys is no fault then.
    private static void Require(string key, string value)
    {
        if (Sysctl.Read(key) != value)
        {
            Sysctl.Write(key, value);
        }
    }

    private void WaitForDad(LinkInfo link)
    {
        long deadline = Environment.TickCount64 + (long)DadTimeout.TotalMilliseconds;
        while (true)
        {
            bool tentative = false;
            foreach (AddressInfo address in inside.ListAddresses(link.Index))
            {
                if (address.IsDadFailed)
                {
                    throw new CniException(
                        ErrorCode.AddressFailed, $"IPv6 address {address.Address} is in use by somebody else on the network", "duplicate address detection failed");
                }

                tentative |= address.IsTentative;
            }

            if (!tentative)
            {
                return;
            }

            if (Environment.TickCount64 > deadline)
            {
                throw new CniException(ErrorCode.AddressFailed, $"{link.Name} still has tentative addresses after 5 s", "duplicate address detection does not end; set enabledad to false");
            }

            Thread.Sleep(DadPause);
        }
    }

    private static IPAddress? GatewayOf(IpamResult lease, AddressFamily family)
    {
        foreach (AssignedAddress address in lease.Addresses)
        {
            if (address.Gateway is { } gateway && gateway.AddressFamily == family)
            {
                return gateway;
            }
        }

        return null;
    }

    private static bool HasFamily(IpamResult lease, AddressFamily family)
    {
        foreach (AssignedAddress address in lease.Addresses)
        {
            if (address.Address.AddressFamily == family)
            {
                return true;
            }
        }

        return false;
    }
}
