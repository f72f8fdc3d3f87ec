using Flatnet.Cni.Attachments;
using Flatnet.Cni.Configuration;
using Flatnet.Ipam;

namespace Flatnet.Cni.Addressing;

/// <summary>Picks the address source that <c>ipam.type</c> names.</summary>
internal static class AddressSources
{
    /// <summary>The name of our own IPAM plugin, in configurations and as a file.</summary>
    public const string OwnType = "flatnet-ipam";

    /// <summary>The source of a network; null on layer 2. Our own runs in process unless another file goes by its name.</summary>
    /// <exception cref="ConfigException">Our own <c>ipam</c> part does not validate.</exception>
    public static IAddressSource? For(
        NetworkConfiguration network, AttachmentRequest request, string searchPath, ReadOnlyMemory<byte> input, CallReport report, bool forRemoval = false)
    {
        if (network.IpamType is not { } type)
        {
            return null;
        }

        if (!IsOwn(type, searchPath))
        {
            return new DelegatedSource(type, searchPath, input, report);
        }

        IpamConfiguration configuration = forRemoval
            ? ReadForRemoval(network.Source, network.Name, network.Arguments.Ip)
            : IpamConfigurationReader.Read(network.Source, network.Arguments.Ip);
        return new LeaseSource(configuration, request, network.Mac?.ToString(), derivesMac: true, report);
    }

    /// <summary>The IPAM part for DEL: an invalid one still tells where the leases are.</summary>
    public static IpamConfiguration ReadForRemoval(ConfigObject source, string network, string? requestedByArgs)
    {
        try
        {
            return IpamConfigurationReader.Read(source, requestedByArgs);
        }
        catch (ConfigException)
        {
            return IpamConfigurationReader.ReadForRemoval(source, network);
        }
    }

    private static bool IsOwn(string type, string searchPath) =>
        type == OwnType && (PluginPath.Find(type, searchPath) is not { } file || PluginPath.IsThisProgram(file));
}
