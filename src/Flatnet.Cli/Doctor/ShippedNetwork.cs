using System.Text;
using Flatnet.Ipam;

namespace Flatnet.Cli.Doctor;

/// <summary>The network that Flatnet ships, for when none is installed.</summary>
internal static class ShippedNetwork
{
    public const string Bridge = "flatnet-br0";

    public static IpPrefix Subnet { get; } = IpPrefix.TryParse("10.87.1.0/24", out IpPrefix subnet) ? subnet : default;

    /// <param name="name">The network's name, of the settings.</param>
    public static IpamConfiguration Ipam(string name)
    {
        string json = $$"""{ "name": "flatnet", "cniVersion": "1.0.0", "ipam": { "type": "flatnet-ipam", "subnet": "{{Subnet}}" } }""";
        return IpamConfigurationReader.Read(new ConfigObject(JsonValue.Parse(Encoding.UTF8.GetBytes(json)), ""), null) with { NetworkName = name };
    }
}
