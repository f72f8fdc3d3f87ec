using Flatnet.Cni.Configuration;
using Flatnet.Ipam;

namespace Flatnet.Cni.Tests.Configuration;

public sealed class NetworkConfigurationReaderTests
{
    private static NetworkConfiguration Read(string json, string arguments = "") =>
        NetworkConfigurationReader.Read(Json.Config(json), "net", "1.0.0", arguments);

    [Fact]
    public void Defaults_are_those_of_the_reference()
    {
        NetworkConfiguration network = Read("{}");

        Assert.Equal("cni0", network.Bridge);
        Assert.True(network is { IsLayer2: true, ManageBridge: true, UsesFirewall: true, Mtu: 0, Vlan: 0, VlanTrunk: null, Mac: null, Dns: null });
        Assert.False(network.IsGateway || network.IpMasq || network.HairpinMode || network.PromiscMode || network.PortIsolation || network.EnableDad);
    }

    [Fact]
    public void Every_key_is_read_whatever_its_case()
    {
        NetworkConfiguration network = Read("""
            {"BRIDGE":"br0","isgateway":true,"ForceAddress":true,"ipMasq":true,"ipMasqBackend":"nftables","mtu":1400,"hairpinMode":true,"vlan":100,
             "vlanTrunk":[{"id":5}],"preserveDefaultVlan":true,"macspoofchk":true,"enabledad":true,"portIsolation":true,"ipam":{"type":"flatnet-ipam"},
             "manageBridge":false,"firewall":"none"}
            """);

        Assert.Equal(("br0", 1400, 100, "nftables", "flatnet-ipam"), (network.Bridge, network.Mtu, network.Vlan, network.IpMasqBackend, network.IpamType));
        Assert.True(network is { IsGateway: true, ForceAddress: true, IpMasq: true, HairpinMode: true, PreserveDefaultVlan: true, MacSpoofCheck: true });
        Assert.True(network is { EnableDad: true, PortIsolation: true, ManageBridge: false, UsesFirewall: false });
        Assert.Equal([new VlanRange(5, 5)], network.VlanTrunk);
    }

    [Fact]
    public void Default_gateway_implies_gateway() => Assert.True(Read("""{"isDefaultGateway":true}""") is { IsGateway: true, IsDefaultGateway: true });

    [Theory]
    [InlineData("""{"bridge":""}""", "bridge", "\"\"")]
    [InlineData("""{"bridge":"a/b"}""", "bridge", "a/b")]
    [InlineData("""{"bridge":"0123456789abcdef"}""", "bridge", "0123456789abcdef")]
    [InlineData("""{"bridge":7}""", "bridge", "7")]
    [InlineData("""{"isGateway":"yes"}""", "isGateway", "yes")]
    [InlineData("""{"mtu":"x"}""", "mtu", "x")]
    [InlineData("""{"mtu":-1}""", "mtu", "-1")]
    [InlineData("""{"mtu":67}""", "mtu", "67")]
    [InlineData("""{"mtu":65536}""", "mtu", "65536")]
    [InlineData("""{"vlan":4095}""", "vlan", "invalid VLAN ID 4095 (must be between 0 and 4094)")]
    [InlineData("""{"vlan":-1}""", "vlan", "-1")]
    [InlineData("""{"vlan":"x"}""", "vlan", "x")]
    [InlineData("""{"vlanTrunk":[{"minID":5}]}""", "vlanTrunk[0]", "minID")]
    [InlineData("""{"vlanTrunk":[{"id":1},{"minID":9,"maxID":5}]}""", "vlanTrunk[1]", "9")]
    [InlineData("""{"vlanTrunk":[{"id":0}]}""", "vlanTrunk[0].id", "0")]
    [InlineData("""{"vlanTrunk":[{"id":4095}]}""", "vlanTrunk[0].id", "4095")]
    [InlineData("""{"vlanTrunk":{}}""", "vlanTrunk", "{}")]
    [InlineData("""{"vlanTrunk":[3]}""", "vlanTrunk[0]", "3")]
    [InlineData("""{"ipMasqBackend":"pf"}""", "ipMasqBackend", "unknown ipmasq backend \"pf\"")]
    [InlineData("""{"firewall":"on"}""", "firewall", "on")]
    [InlineData("""{"ipam":"x"}""", "ipam", "x")]
    [InlineData("""{"ipam":{"type":"../x"}}""", "ipam.type", "../x")]
    [InlineData("""{"ipam":{"type":5}}""", "ipam.type", "5")]
    [InlineData("""{"logFile":"cni.log"}""", "logFile", "cni.log")]
    [InlineData("""{"logFile":"/var/../etc/x"}""", "logFile", "/var/../etc/x")]
    [InlineData("""{"runtimeConfig":{"mac":"zz"}}""", "runtimeConfig.mac", "zz")]
    [InlineData("""{"runtimeConfig":{"mac":"01:00:5e:00:00:01"}}""", "runtimeConfig.mac", "01:00:5e:00:00:01")]
    [InlineData("""{"args":{"cni":{"mac":"00:00:00:00:00:00"}}}""", "args.cni.mac", "00:00:00:00:00:00")]
    [InlineData("""{"hairpinMode":true,"promiscMode":true}""", "hairpinMode", "cannot set hairpin mode and promiscuous mode at the same time")]
    [InlineData("""{"disableContainerInterface":true,"ipam":{"type":"static"}}""", "disableContainerInterface", "cannot use IPAM when DisableContainerInterface flag is set")]
    [InlineData("""{"bridge":"longbridge123","vlan":100,"isGateway":true,"ipam":{"type":"static"}}""", "bridge", "longbridge123.100")]
    [InlineData("""{"dns":{"nameservers":"1.1.1.1"}}""", "dns.nameservers", "1.1.1.1")]
    public void Wrong_values_are_refused_with_key_and_value(string json, string key, string value)
    {
        ConfigException error = Assert.Throws<ConfigException>(() => Read(json));

        string text = $"{error.Message} {error.Details}";
        Assert.Contains(key, text, StringComparison.Ordinal);
        Assert.Contains(value, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"runtimeConfig":{"mac":"02:00:00:00:00:01"},"args":{"cni":{"mac":"02:00:00:00:00:02"}}}""", "MAC=02:00:00:00:00:03", "02:00:00:00:00:01")]
    [InlineData("""{"args":{"cni":{"mac":"02:00:00:00:00:02"}}}""", "MAC=02:00:00:00:00:03", "02:00:00:00:00:02")]
    [InlineData("""{"runtimeConfig":{"mac":""}}""", "MAC=02-00-00-00-00-03", "02:00:00:00:00:03")]
    public void Mac_sources_in_their_order(string json, string arguments, string mac) => Assert.Equal(mac, Read(json, arguments).Mac.ToString());

    [Theory]
    [InlineData("""{"dns":{}}""", null)]
    [InlineData("""{"dns":{"domain":""}}""", null)]
    [InlineData("""{"dns":{"nameservers":[]}}""", 0)]
    [InlineData("""{"dns":{"nameservers":["1.1.1.1"]}}""", 1)]
    [InlineData("""{"dns":{"nameservers":["1.1.1.1"]},"runtimeConfig":{"dns":{"servers":["2.2.2.2","3.3.3.3"]}}}""", 2)]
    [InlineData("""{"dns":{"nameservers":["1.1.1.1"]},"runtimeConfig":{"dns":{}}}""", 1)]
    public void Dns_replaces_only_when_it_says_something(string json, int? nameservers) => Assert.Equal(nameservers, Read(json).Dns?.Nameservers.Count);

    [Theory]
    [InlineData("""[{"minID":10,"maxID":20},{"id":15},{"id":21},{"minID":30,"maxID":40}]""", "10-21 30-40")]
    [InlineData("""[{"id":9},{"id":7},{"id":8},{"id":7}]""", "7-9")]
    [InlineData("""[{"id":1,"minID":3,"maxID":4}]""", "1-1 3-4")]
    [InlineData("[]", "")]
    public void Trunks_are_united_and_sorted(string json, string expected)
    {
        var text = new List<string>();
        foreach (VlanRange range in Read($$"""{"vlanTrunk":{{json}}}""").VlanTrunk!)
        {
            text.Add($"{range.First}-{range.Last}");
        }

        Assert.Equal(expected, string.Join(' ', text));
    }

    [Fact]
    public void Removal_needs_no_valid_configuration()
    {
        NetworkConfiguration network = NetworkConfigurationReader.ReadForRemoval(
            Json.Config("""{"bridge":"br0","vlan":"x","mtu":-5,"ipam":{"type":"flatnet-ipam","ranges":5},"hairpinMode":3}"""), "net", "1.0.0");

        Assert.Equal(("br0", "flatnet-ipam", true), (network.Bridge, network.IpamType, network.ManageBridge));
    }
}
