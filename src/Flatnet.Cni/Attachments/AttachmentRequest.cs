using Flatnet.Cni.Protocol;
using Flatnet.Ipam;

namespace Flatnet.Cni.Attachments;

/// <summary>Which interface of which container is meant, whatever protocol asked.</summary>
internal sealed record AttachmentRequest
{
    public required string Network { get; init; }

    public required string ContainerId { get; init; }

    public required string InterfaceName { get; init; }

    /// <summary>The container's namespace; empty when the caller no longer knows it (removal only).</summary>
    public required string NamespacePath { get; init; }

    /// <summary>The name the user gave the container; addresses stick to it.</summary>
    public string? ContainerName { get; init; }

    /// <summary>The caller's own namespace may be the container's.</summary>
    public bool AllowsOwnNamespace { get; init; }

    /// <summary>The attachment that a CNI call is about.</summary>
    public static AttachmentRequest From(CniRequest request, CniArguments arguments) => new()
    {
        Network = request.Network,
        ContainerId = request.Invocation.ContainerId,
        InterfaceName = request.Invocation.InterfaceName,
        NamespacePath = request.Invocation.NamespacePath,
        ContainerName = arguments.ContainerName,
        AllowsOwnNamespace = request.Invocation.AllowsOwnNamespace,
    };

    /// <summary>The key under which leases are kept.</summary>
    public Attachment Key => new(ContainerId, InterfaceName);
}
