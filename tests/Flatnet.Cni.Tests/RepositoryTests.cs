using Flatnet.Cni.Configuration;
using Flatnet.Cni.Protocol;
using Flatnet.Ipam;

namespace Flatnet.Cni.Tests;

/// <summary>What the repository promises beside the code.</summary>
public sealed class RepositoryTests
{
    private static string Root
    {
        get
        {
            string? directory = AppContext.BaseDirectory;
            while (directory is not null && !File.Exists(Path.Join(directory, "Flatnet.Cni.sln")))
            {
                directory = Path.GetDirectoryName(directory);
            }

            return directory ?? throw new InvalidOperationException("not inside the repository");
        }
    }

    [Fact]
    public void Every_error_code_of_ours_is_documented()
    {
        string text = File.ReadAllText(Path.Join(Root, "docs", "operations", "troubleshooting.md"));

        Assert.All(Enum.GetValues<ErrorCode>(), code => Assert.Contains($"| {(int)code} |", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Shipped_conflist_is_a_valid_configuration()
    {
        ConfigObject list = Json.Config(File.ReadAllBytes(Path.Join(Root, "config", "10-flatnet.conflist")));
        var plugin = new ConfigObject(list.Array("plugins")!.Value[0], "");

        NetworkConfiguration network = NetworkConfigurationReader.Read(plugin, "flatnet", list.String("cniVersion")!, "");

        Assert.Equal(("flatnet-br0", true, true, "flatnet-ipam"), (network.Bridge, network.IsGateway, network.IpMasq, network.IpamType));
        Assert.Equal("1.0.0", network.CniVersion);
        Assert.True(plugin.Object("capabilities")!.Bool("ips"));
    }
}
