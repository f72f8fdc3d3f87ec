using Flatnet.Netlink.Route;
using Flatnet.Netlink.Transport;
using static Flatnet.Interop.NetlinkConstants;

namespace Flatnet.Netlink;

/// <summary>
/// Requests to be sent together. Each method appends what it says and returns the batch. A link that an earlier request of the
/// same batch makes has no index yet: pass index 0, then the kernel goes by the name.
/// </summary>
public sealed partial class RouteBatch
{
    private const ushort Command = NLM_F_REQUEST | NLM_F_ACK;

    // Keeps the descriptors in the messages open until they were sent.
    private List<NetworkNamespace>? _namespaces;

    /// <summary>Number of messages; some methods append two.</summary>
    public int Count => Requests.Count;

    /// <summary>True when there is nothing to do.</summary>
    public bool IsEmpty => Requests.Count == 0;

    internal MessageWriter Messages { get; } = new();

    internal List<Request> Requests { get; } = [];

    private RouteBatch End(string operation, string target, int tolerated = 0)
    {
        Requests.Add(new Request(Messages.End(), operation, target, tolerated));
        return this;
    }

    private static string RequireLink(int index, string? name)
    {
        if (index < 0 || (index == 0 && !LinkName.IsValid(name)))
        {
            throw new ArgumentException("a link is named by a positive index or by its name, not \"" + name + "\"", nameof(name));
        }

        return name ?? "";
    }
}
