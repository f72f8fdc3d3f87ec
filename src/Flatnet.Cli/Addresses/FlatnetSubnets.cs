using System.Collections.Immutable;
using System.Net;
using Flatnet.Cli.Networks;
using Flatnet.Ipam;

namespace Flatnet.Cli.Addresses;

/// <summary>The subnets whose addresses are Flatnet's whatever Podman calls their network: those of every installed network of
/// the plugin, or the one Flatnet ships with.</summary>
internal sealed class FlatnetSubnets(ImmutableArray<IpPrefix> prefixes)
{
    private static readonly IpPrefix Shipped = new(new IPAddress([10, 87, 1, 0]), 24);

    /// <summary>What cannot be read is left out; <c>flatnet doctor</c> tells.</summary>
    public static FlatnetSubnets Of(InstalledNetworks installed)
    {
        ImmutableArray<IpPrefix> prefixes = [.. installed.Networks.Where(network => network.IsFlatnet).SelectMany(network => network.Subnets)];
        return new FlatnetSubnets(prefixes.IsEmpty ? [Shipped] : prefixes);
    }

    public bool Contains(IPAddress address) => prefixes.Any(prefix => prefix.Contains(address));
}
