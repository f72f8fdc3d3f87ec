using System.Collections.Immutable;
using System.Net;
using Flatnet.Podman;

namespace Flatnet.Cli.Addresses;

/// <summary>Picks a container's Flatnet addresses among those Podman tells.</summary>
internal static class PodmanAddresses
{
    /// <summary>Those in the network of that name; else those inside a Flatnet subnet, because the network may have been created under
    /// another name.</summary>
    public static ImmutableArray<IPAddress> Of(Container container, string network, FlatnetSubnets subnets)
    {
        foreach (ContainerNetwork attached in container.Networks)
        {
            if (attached.Name == network && !attached.Addresses.IsEmpty)
            {
                return attached.Addresses;
            }
        }

        return [.. container.Networks.SelectMany(attached => attached.Addresses).Where(subnets.Contains)];
    }
}
