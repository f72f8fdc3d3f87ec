using System.Collections.Immutable;
using System.Net;

namespace Flatnet.Podman;

/// <summary>A container's attachment to one network.</summary>
/// <param name="Name">The network.</param>
/// <param name="Addresses">Its addresses there, IPv4 first; empty when it does not run or the list did not say.</param>
/// <param name="Mac">Its hardware address, or empty.</param>
public sealed record ContainerNetwork(string Name, ImmutableArray<IPAddress> Addresses, string Mac);
