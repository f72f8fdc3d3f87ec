using System.Net;
using Flatnet.Cli.Networks;
using Flatnet.Cli.Tests.Doctor;

namespace Flatnet.Cli.Tests.Networks;

public sealed class ConflistReaderTests : IDisposable
{
    private const string Shipped = """
        {
          "cniVersion": "1.0.0",
          "name": "flatnet",
          "plugins": [
            {
              "type": "flatnet", "bridge": "flatnet-br0", "isGateway": true, "ipMasq": true, "mtu": 1400,
              "ipam": { "type": "flatnet-ipam", "dataDir": "/srv/leases", "ranges": [[{ "subnet": "10.87.1.0/24" }]] }
            },
            { "type": "portmap", "capabilities": { "portMappings": true } }
          ]
        }
        """;

    private readonly TestRoot _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Reads_the_shipped_list()
    {
        InstalledNetwork network = Assert.Single(Read(("10-flatnet.conflist", Shipped)).Networks);

        Assert.Equal(("flatnet", "1.0.0", "flatnet-br0", 1400), (network.Name, network.CniVersion, network.Bridge, network.Mtu));
        Assert.Equal<string>(["flatnet", "portmap", "flatnet-ipam"], network.PluginTypes);
        Assert.True(network is { IsFlatnet: true, IsList: true, IsGateway: true, IpMasq: true, UsesFirewall: true, ManageBridge: true });
        Assert.Equal("/srv/leases", network.Ipam?.DataDirectory);
        Assert.Equal("10.87.1.0/24", Assert.Single(network.Subnets).ToString());
        Assert.Equal(IPAddress.Parse("10.87.1.1"), Assert.Single(network.Gateways));
    }

    [Fact]
    public void Reads_a_file_of_a_single_plugin()
    {
        const string Json = """{ "name": "old", "type": "bridge", "bridge": "cni7", "firewall": "none", "ipam": { "type": "host-local", "subnet": "10.3.0.0/24" } }""";

        InstalledNetwork network = Assert.Single(Read(("old.conf", Json)).Networks);

        Assert.True(network is { IsList: false, IsFlatnet: false, UsesFirewall: false, Name: "old", Bridge: "cni7" });
        Assert.Equal("10.3.0.0/24", Assert.Single(network.Subnets).ToString());
    }

    [Fact]
    public void The_first_file_of_a_name_counts()
    {
        InstalledNetworks found = Read(("20-b.conflist", Shipped), ("10-a.conflist", Shipped));

        Assert.EndsWith("10-a.conflist", Assert.Single(found.Networks).File, StringComparison.Ordinal);
        NetworkFileProblem problem = Assert.Single(found.Problems);
        Assert.EndsWith("20-b.conflist", problem.File, StringComparison.Ordinal);
        Assert.Contains("10-a.conflist", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"name\": \"x\",\n  oops }", "is not JSON (line 2, column 3)")]
    [InlineData("[]", "configuration: expected an object, got []")]
    [InlineData("{ \"plugins\": [{ \"type\": \"flatnet\" }] }", "name is missing")]
    [InlineData("{ \"name\": \"x\" }", "plugins is missing: a .conflist holds a list of plugins")]
    [InlineData("{ \"name\": \"x\", \"plugins\": [] }", "plugins is empty")]
    [InlineData("{ \"name\": \"x\", \"plugins\": [{}] }", "plugins[0].type is missing, expected the name of a plugin")]
    [InlineData("{ \"name\": \"x\", \"plugins\": [{ \"type\": \"flatnet\", \"mtu\": \"big\" }] }", "plugins[0].mtu: expected a whole number, got \"big\"")]
    public void A_file_that_cannot_be_used_is_a_problem_and_does_not_hide_the_others(string json, string message)
    {
        InstalledNetworks found = Read(("10-bad.conflist", json), ("20-good.conflist", Shipped));

        Assert.Equal("flatnet", Assert.Single(found.Networks).Name);
        Assert.Equal(message, Assert.Single(found.Problems).Message);
    }

    [Fact]
    public void Wrong_ranges_are_a_problem_of_a_network_that_is_there()
    {
        InstalledNetworks found = Read(("10.conflist", Shipped.Replace("10.87.1.0/24", "10.87.1.7/24", StringComparison.Ordinal)));

        Assert.Null(found.Find("flatnet")?.Ipam);
        Assert.Contains("host bits", Assert.Single(found.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_of_another_plugin_are_not_read()
    {
        InstalledNetworks found = Read(("10.conflist", """{ "name": "x", "plugins": [{ "type": "macvlan", "ipam": { "type": "dhcp" } }] }"""));

        Assert.Empty(found.Problems);
        Assert.Null(Assert.Single(found.Networks).Ipam);
    }

    [Fact]
    public void Without_a_directory_there_are_no_networks_and_no_problems()
    {
        InstalledNetworks found = ConflistReader.Read(_root.Context);

        Assert.Empty(found.Networks);
        Assert.Empty(found.Problems);
        Assert.Equal(_root.Path + "/etc/cni/net.d", found.Directory);
    }

    [Fact]
    public void The_environment_names_another_directory()
    {
        _root.Write("/srv/cni/flatnet.conflist", Shipped).Set("CNI_CONF_DIR", "/srv/cni");

        Assert.NotNull(ConflistReader.Read(_root.Context).Find("flatnet"));
    }

    private InstalledNetworks Read(params (string Name, string Json)[] files)
    {
        foreach ((string name, string json) in files)
        {
            _root.Write("/etc/cni/net.d/" + name, json);
        }

        return ConflistReader.Read(_root.Context);
    }
}
