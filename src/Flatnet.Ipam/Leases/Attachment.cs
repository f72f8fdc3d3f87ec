namespace Flatnet.Ipam;

/// <summary>One interface of one container: what ADD, CHECK, DEL and GC speak about.</summary>
/// <param name="ContainerId">The runtime's container ID.</param>
/// <param name="InterfaceName">Name of the interface inside the container.</param>
public readonly record struct Attachment(string ContainerId, string InterfaceName);
