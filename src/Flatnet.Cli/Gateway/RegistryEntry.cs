using System.Net;

namespace Flatnet.Cli.Gateway;

/// <summary>A container as the gateway's registry knows it. Entries live five minutes and are refreshed between gateways, not by
/// containers: a missing one does not mean that the container has no address, nor a present one that it runs.</summary>
/// <param name="Id">The container's ID, maybe shortened.</param>
/// <param name="Address">Its address.</param>
/// <param name="Name">Its name on its host, or empty.</param>
/// <param name="HostId">The host it registered from, or empty.</param>
/// <param name="CreatedAt">When it registered; null when not told.</param>
internal sealed record RegistryEntry(string Id, IPAddress Address, string Name, string HostId, DateTimeOffset? CreatedAt);
