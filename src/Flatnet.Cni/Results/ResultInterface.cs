namespace Flatnet.Cni.Results;

/// <summary>One entry of <c>interfaces</c>.</summary>
/// <param name="Name">The interface's name.</param>
/// <param name="Mac">Its hardware address in lower-case colon form; empty when unknown.</param>
/// <param name="Mtu">Its MTU in bytes; 0 when unknown. Printed since 1.1.0.</param>
/// <param name="Sandbox"><c>CNI_NETNS</c> verbatim for the container's end; null for the host's interfaces.</param>
internal sealed record ResultInterface(string Name, string Mac, int Mtu = 0, string? Sandbox = null);
