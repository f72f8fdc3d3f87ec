using System.Globalization;
using System.Net.Sockets;
using Flatnet.Interop;
using Flatnet.Netlink.Route;
using Flatnet.Netlink.Transport;
using static Flatnet.Interop.LinkConstants;
using static Flatnet.Interop.NetlinkConstants;
using static Flatnet.Interop.RouteConstants;
using static Flatnet.Interop.SocketConstants;

namespace Flatnet.Netlink;

/// <summary>
/// Links, addresses and routes of one network namespace (rtnetlink). The socket stays in the namespace its thread was in when
/// it was opened; <see cref="NetworkNamespace.Enter{T}"/> opens one elsewhere. Not for use by several threads at once.
/// </summary>
public sealed class RouteSocket : IDisposable
{
    private readonly NetlinkConnection _connection;

    internal RouteSocket(INetlinkChannel channel) => _connection = new NetlinkConnection(channel);

    /// <summary>Opens a socket in the calling thread's namespace.</summary>
    /// <exception cref="NetlinkException">The kernel refuses it.</exception>
    public static RouteSocket Open() => new(NetlinkSocket.Open(NETLINK_ROUTE, "route"));

    /// <summary>The link with this name or alternative name; null when there is none.</summary>
    /// <exception cref="NetlinkException">The kernel refuses the question, or the answer is unusable.</exception>
    public LinkInfo? FindLink(string name)
    {
        // No link can have such a name, and the kernel would call it an error.
        if (!LinkName.IsValid(name))
        {
            return null;
        }

        MessageWriter request = LinkRequest(0, NLM_F_REQUEST);
        request.PutText(IFLA_IFNAME, name);
        request.End();
        return _connection.Query<LinkInfo>(request, "find link", name, KernelError.ENODEV, LinkReader.Read);
    }

    /// <summary>The link with this index; null when there is none.</summary>
    /// <exception cref="NetlinkException">The kernel refuses the question, or the answer is unusable.</exception>
    public LinkInfo? FindLink(int index)
    {
        if (index <= 0)
        {
            return null;
        }

        MessageWriter request = LinkRequest(index, NLM_F_REQUEST);
        request.End();
        return _connection.Query<LinkInfo>(request, "find link", Numbered(index), KernelError.ENODEV, LinkReader.Read);
    }

    /// <summary>All links.</summary>
    /// <exception cref="NetlinkException">The kernel refuses the question, or the answer is unusable.</exception>
    public List<LinkInfo> ListLinks()
    {
        MessageWriter request = LinkRequest(0, NLM_F_REQUEST | NLM_F_DUMP);
        request.End();
        return _connection.Dump<LinkInfo>(request, "list links", "", 0, LinkReader.Read);
    }

    /// <summary>The ports of a bridge; empty when there are none or no such bridge.</summary>
    /// <exception cref="NetlinkException">The kernel refuses the question, or the answer is unusable.</exception>
    public List<LinkInfo> ListPorts(int bridgeIndex)
    {
        MessageWriter request = LinkRequest(0, NLM_F_REQUEST | NLM_F_DUMP);
        request.PutUInt32(IFLA_MASTER, (uint)bridgeIndex);
        request.End();
        List<LinkInfo> links = _connection.Dump<LinkInfo>(
            request, "list ports of bridge", Numbered(bridgeIndex), KernelError.ENODEV, LinkReader.Read);
        // Kernels without strict checking ignore the filter.
        links.RemoveAll(link => link.MasterIndex != bridgeIndex);
        return links;
    }

    /// <summary>
    /// Whether some port of a bridge satisfies a condition. Reads no further than the first that does, which matters with
    /// hundreds of ports; over a socket of its own in the calling thread's namespace, because the rest of the answer is dropped.
    /// </summary>
    /// <exception cref="NetlinkException">The kernel refuses the question, or the answer is unusable.</exception>
    public static bool AnyPort(int bridgeIndex, Predicate<LinkInfo> condition)
    {
        MessageWriter request = LinkRequest(0, NLM_F_REQUEST | NLM_F_DUMP);
        request.PutUInt32(IFLA_MASTER, (uint)bridgeIndex);
        request.End();
        using RouteSocket socket = Open();
        return socket._connection.Any<LinkInfo>(
            request,
            "list ports of bridge",
            Numbered(bridgeIndex),
            KernelError.ENODEV,
            LinkReader.Read,
            link => link.MasterIndex == bridgeIndex && condition(link));
    }

    /// <summary>The addresses of a link, both families; empty when there are none or no such link.</summary>
    /// <exception cref="NetlinkException">The kernel refuses the question, or the answer is unusable.</exception>
    public List<AddressInfo> ListAddresses(int linkIndex)
    {
        var request = new MessageWriter(64);
        request.Begin(RTM_GETADDR, NLM_F_REQUEST | NLM_F_DUMP, new ifaddrmsg { ifa_index = (uint)linkIndex });
        request.End();
        List<AddressInfo> addresses = _connection.Dump<AddressInfo>(
            request, "list addresses of link", Numbered(linkIndex), KernelError.ENODEV, AddressReader.Read);
        addresses.RemoveAll(address => address.LinkIndex != linkIndex);
        return addresses;
    }

    /// <summary>The routes of one family in all tables except <c>local</c> (255).</summary>
    /// <param name="family"><see cref="AddressFamily.InterNetwork"/> or <see cref="AddressFamily.InterNetworkV6"/>.</param>
    /// <exception cref="NetlinkException">The kernel refuses the question, or the answer is unusable.</exception>
    public List<RouteInfo> ListRoutes(AddressFamily family)
    {
        byte kernelFamily = family switch
        {
            AddressFamily.InterNetwork => AF_INET,
            AddressFamily.InterNetworkV6 => AF_INET6,
            _ => throw new ArgumentException("routes exist for IPv4 and IPv6 only", nameof(family)),
        };
        var request = new MessageWriter(64);
        request.Begin(RTM_GETROUTE, NLM_F_REQUEST | NLM_F_DUMP, new rtmsg { rtm_family = kernelFamily });
        request.End();
        List<RouteInfo> routes = _connection.Dump<RouteInfo>(
            request, "list routes", kernelFamily == AF_INET ? "IPv4" : "IPv6", 0, RouteReader.Read);
        routes.RemoveAll(static route => route.Table == RT_TABLE_LOCAL);
        return routes;
    }

    /// <summary>The VLANs of a bridge port, or of a bridge itself, one entry each; empty when the kernel has no VLAN filtering.</summary>
    /// <exception cref="NetlinkException">The kernel refuses the question, or the answer is unusable.</exception>
    public List<BridgeVlan> ListBridgeVlans(int portIndex)
    {
        var request = new MessageWriter(64);
        request.Begin(RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP, new ifinfomsg { ifi_family = AF_BRIDGE });
        request.PutUInt32(IFLA_EXT_MASK, RTEXT_FILTER_BRVLAN_COMPRESSED);
        request.End();
        return _connection.Dump<BridgeVlan>(
            request, "list VLANs of port", Numbered(portIndex), 0, (type, body, into) => BridgeVlanReader.Read(type, body, portIndex, into));
    }

    /// <summary>
    /// Executes all requests in order: one datagram for up to 64 of them. The kernel goes on after a refusal, so a batch is
    /// not a transaction; the first refusal is thrown when all answers of its datagram have been read.
    /// </summary>
    /// <exception cref="NetlinkException">The kernel refused a request, or an answer is unusable.</exception>
    public void Execute(RouteBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        _connection.Execute(batch.Messages, batch.Requests);
        GC.KeepAlive(batch);
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose() => _connection.Dispose();

    private static MessageWriter LinkRequest(int index, ushort flags)
    {
        var request = new MessageWriter(128);
        request.Begin(RTM_GETLINK, flags, new ifinfomsg { ifi_index = index });
        request.PutUInt32(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
        return request;
    }

    private static string Numbered(int index) => "#" + index.ToString(CultureInfo.InvariantCulture);
}
