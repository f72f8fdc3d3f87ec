using Flatnet.Ipam;

namespace Flatnet.Cni.Protocol;

/// <summary>A call together with the network configuration that came on standard input, checked as far as every plugin must.</summary>
/// <param name="Invocation">The environment.</param>
/// <param name="Source">The configuration.</param>
/// <param name="Network">Its <c>name</c>, a valid identifier.</param>
/// <param name="Version">Its <c>cniVersion</c>, a supported one.</param>
/// <param name="Input">The bytes as they came, for delegates.</param>
internal sealed record CniRequest(Invocation Invocation, ConfigObject Source, string Network, string Version, ReadOnlyMemory<byte> Input);
