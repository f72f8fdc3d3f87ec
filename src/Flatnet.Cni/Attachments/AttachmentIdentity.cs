using Flatnet.Cni.Firewall;
using Flatnet.Netlink;

namespace Flatnet.Cni.Attachments;

/// <summary>
/// Everything that is named after an attachment. All of it derives from (network, container ID, interface), so that DEL, CHECK
/// and GC find what ADD made with nothing stored.
/// </summary>
internal readonly struct AttachmentIdentity
{
    private readonly ulong _hash;

    public AttachmentIdentity(string network, string containerId, string interfaceName)
    {
        Network = network;
        ContainerId = containerId;
        InterfaceName = interfaceName;
        _hash = Fnv1a.Hash(network, containerId, interfaceName);
    }

    public string Network { get; }

    public string ContainerId { get; }

    public string InterfaceName { get; }

    /// <summary>The host's end: <c>veth</c> and 44 bits of hash, 15 bytes in all.</summary>
    public string HostInterface => $"veth{_hash >> 20:x11}";

    /// <summary>The host end's MAC address, fixed so that nothing has to be read back.</summary>
    public MacAddress HostMac => DerivedMac.FromHash(_hash);

    /// <summary>The comment of every rule that exists for this attachment alone.</summary>
    public string RuleComment => RuleComments.ForAttachment(Network, ContainerId, InterfaceName);
}
