using System.Net;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Ipam.Tests;

public sealed class IpamConfigurationReaderTests
{
    /// <summary>The messages of host-local 1.9.1 (spec 3.1).</summary>
    [Theory]
    [InlineData("""{"name":"n"}""", "IPAM config missing 'ipam' key")]
    [InlineData("""{"name":"n","ipam":{}}""", "no IP ranges specified")]
    [InlineData("""{"name":"n","ipam":{"ranges":[]}}""", "no IP ranges specified")]
    [InlineData("""{"name":"n","ipam":{"ranges":[[{"subnet":"10.1.0.0/31"}]]}}""", "invalid range set 0: Network 10.1.0.0/31 too small to allocate from")]
    [InlineData("""{"name":"n","ipam":{"ranges":[[{"subnet":"fd00::/127"}]]}}""", "invalid range set 0: Network fd00::/127 too small to allocate from")]
    [InlineData(
        """{"name":"n","ipam":{"ranges":[[{"subnet":"10.1.0.5/24"}]]}}""",
        "invalid range set 0: Network has host bits set. For a subnet mask of length 24 the network address is 10.1.0.0")]
    [InlineData(
        """{"name":"n","ipam":{"ranges":[[{"subnet":"10.1.0.0/24","rangeStart":"10.2.0.1"}]]}}""",
        "invalid range set 0: RangeStart 10.2.0.1 not in network 10.1.0.0/24")]
    [InlineData(
        """{"name":"n","ipam":{"ranges":[[{"subnet":"10.1.0.0/24","rangeStart":"10.1.0.9","rangeEnd":"10.1.0.8"}]]}}""",
        "invalid range set 0: RangeStart 10.1.0.9 not in network 10.1.0.0/24")]
    [InlineData(
        """{"name":"n","ipam":{"ranges":[[{"subnet":"10.1.0.0/24","rangeEnd":"10.2.0.1"}]]}}""",
        "invalid range set 0: RangeEnd 10.2.0.1 not in network 10.1.0.0/24")]
    [InlineData(
        """{"name":"n","ipam":{"ranges":[[{"subnet":"10.1.0.0/24"}],[{"subnet":"10.2.0.0/24"},{"subnet":"fd00::/64"}]]}}""",
        "invalid range set 1: mixed address families")]
    [InlineData(
        """{"name":"n","ipam":{"ranges":[[{"subnet":"10.1.0.0/24"},{"subnet":"10.1.0.128/25"}]]}}""",
        "invalid range set 0: subnets 10.1.0.1-10.1.0.254 and 10.1.0.129-10.1.0.254 overlap")]
    [InlineData(
        """{"name":"n","cniVersion":"1.0.0","ipam":{"ranges":[[{"subnet":"10.1.0.0/24"}],[{"subnet":"10.1.0.0/16"}]]}}""",
        "range set 0 overlaps with 1")]
    [InlineData(
        """{"name":"n","cniVersion":"0.2.0","ipam":{"ranges":[[{"subnet":"10.1.0.0/24"}],[{"subnet":"10.2.0.0/16"}]]}}""",
        "CNI version 0.2.0 does not support more than 1 address per family")]
    [InlineData("""{"name":"n","ipam":{"ranges":[[]]}}""", "invalid range set 0: empty range set")]
    [InlineData("""{"ipam":{}}""", "missing network name")]
    [InlineData("""{"name":"../n","ipam":{}}""", "invalid characters found in network name")]
    [InlineData("""{"name":"n","ipam":{"ranges":[[{}]]}}""", "invalid range set 0: ipam.ranges[0][0].subnet is missing")]
    [InlineData(
        """{"name":"n","ipam":{"ranges":[[{"subnet":"10.1.0.0"}]]}}""",
        "ipam.ranges[0][0].subnet: expected a subnet such as \"10.87.1.0/24\", got \"10.1.0.0\"")]
    [InlineData(
        """{"name":"n","ipam":{"subnet":"10.1.0.0/24","gateway":"10.1.1"}}""",
        "ipam.gateway: expected an IP address, got \"10.1.1\"")]
    [InlineData("""{"name":"n","ipam":{"ranges":{}}}""", "ipam.ranges: expected an array, got {}")]
    [InlineData("""{"name":"n","ipam":{"ranges":[{"subnet":"10.1.0.0/24"}]}}""", "ipam.ranges[0]: expected an array, got {\"subnet\":\"10.1.0.0/24\"}")]
    [InlineData(
        """{"name":"n","ipam":{"subnet":"10.1.0.0/24","dataDir":"var"}}""",
        "ipam.dataDir: expected an absolute path without \"..\", got \"var\"")]
    [InlineData(
        """{"name":"n","ipam":{"subnet":"10.1.0.0/24","dataDir":"/var/../etc"}}""",
        "ipam.dataDir: expected an absolute path without \"..\", got \"/var/../etc\"")]
    [InlineData(
        """{"name":"n","ipam":{"subnet":"10.1.0.0/24","lockTimeout":-1}}""",
        "ipam.lockTimeout: expected a number of milliseconds, 0 or more, got -1")]
    [InlineData(
        """{"name":"n","ipam":{"subnet":"10.1.0.0/24","routes":[{"dst":"10.0.0.0"}]}}""",
        "ipam.routes[0].dst: expected a destination such as \"0.0.0.0/0\", got \"10.0.0.0\"")]
    [InlineData(
        """{"name":"n","ipam":{"subnet":"10.1.0.0/24","routes":[{"dst":"0.0.0.0/0","gw":"fd00::1"}]}}""",
        "ipam.routes[0].gw: expected an IP address of the destination's family, got \"fd00::1\"")]
    [InlineData(
        """{"name":"n","ipam":{"subnet":"10.1.0.0/24","reservations":{"a":"10.2.0.1"}}}""",
        "ipam.reservations.a: 10.2.0.1 lies in none of the network's ranges")]
    [InlineData(
        """{"name":"n","ipam":{"subnet":"10.1.0.0/24","reservations":{"a":"10.1.0.1"}}}""",
        "ipam.reservations.a: 10.1.0.1 cannot be reserved: it is the gateway")]
    [InlineData(
        """{"name":"n","ipam":{"subnet":"10.1.0.0/24","reservations":{"a":"10.1.0.9","b":"10.1.0.9"}}}""",
        "ipam.reservations: 10.1.0.9 is reserved for both \"a\" and \"b\"")]
    [InlineData(
        """{"name":"n","ipam":{"subnet":"10.1.0.0/24"},"runtimeConfig":{"ips":["x"]}}""",
        "runtimeConfig.ips[0]: expected an IP address, got \"x\"")]
    public void Refuses(string json, string message) =>
        Assert.Equal(message, Assert.Throws<ConfigException>(() => Configurations.Read(json)).Message);

    [Theory]
    [InlineData("10.1.0.0/24", "10.1.0.1-10.1.0.254", "10.1.0.1")]
    [InlineData("10.1.0.0/30", "10.1.0.1-10.1.0.2", "10.1.0.1")]
    [InlineData("fd00::/64", "fd00::1-fd00::ffff:ffff:ffff:ffff", "fd00::1")]
    [InlineData("fd00::/126", "fd00::1-fd00::3", "fd00::1")]
    public void Defaults_of_a_range(string subnet, string text, string gateway)
    {
        RangeSet set = Configurations.Subnet(subnet).RangeSets[0];
        Assert.Equal(text, set.ToString());
        Assert.Equal(gateway, set.Ranges[0].Gateway.ToString());
    }

    [Fact]
    public void Runtime_ranges_come_first_then_the_legacy_form_then_ranges()
    {
        IpamConfiguration configuration = Configurations.Read(
            """
            {"name":"n","cniVersion":"1.0.0","RuntimeConfig":{"ipRanges":[[{"subnet":"10.3.0.0/24"}]]},
             "ipam":{"subnet":"10.1.0.0/24","rangeStart":"10.1.0.10","rangeEnd":"10.1.0.20","gateway":"10.1.0.254",
             "ranges":[[{"subnet":"10.2.0.0/24"}]]}}
            """);
        Assert.Equal(
            ["10.3.0.1-10.3.0.254", "10.1.0.10-10.1.0.20", "10.2.0.1-10.2.0.254"],
            configuration.RangeSets.Select(set => set.ToString()));
        Assert.Equal("10.1.0.254", configuration.RangeSets[1].Ranges[0].Gateway.ToString());
    }

    [Fact]
    public void Requested_addresses_of_all_sources_add_up_once()
    {
        IpamConfiguration configuration = Configurations.Read(
            """
            {"name":"n","ipam":{"subnet":"10.1.0.0/24"},"args":{"cni":{"ips":["10.1.0.6/8","10.1.0.5"]}},
             "runtimeConfig":{"ips":["10.1.0.7","10.1.0.7","fd00::1"]}}
            """,
            "10.1.0.5/24");
        Assert.Equal(["10.1.0.5", "10.1.0.6", "10.1.0.7", "fd00::1"], configuration.RequestedAddresses.Select(ip => ip.ToString()));
    }

    [Fact]
    public void Other_keys_and_their_defaults()
    {
        IpamConfiguration defaults = Configurations.Subnet("10.1.0.0/24");
        Assert.Equal(("/var/lib/cni", TimeSpan.FromSeconds(10), null), (defaults.DataDirectory, defaults.LockTimeout, defaults.ResolvConf));

        IpamConfiguration set = Configurations.Ipam(
            """
            "subnet":"10.1.0.0/24","dataDir":"/run/x/","lockTimeout":250,"resolvConf":"/etc/r","reservations":{"Web":"10.1.0.9"},
            "routes":[{"dst":"0.0.0.0/0"},{"dst":"10.9.0.1/16","gw":"10.1.0.3","mtu":1400,"advmss":1300,"priority":5,"table":100,"scope":253}]
            """);
        Assert.Equal(("/run/x", TimeSpan.FromMilliseconds(250), "/etc/r"), (set.DataDirectory, set.LockTimeout, set.ResolvConf));
        Assert.Equal(IPAddress.Parse("10.1.0.9"), set.Reservations["Web"]);
        Assert.False(set.Reservations.ContainsKey("web"));
        Assert.Equal("10.9.0.1/16", set.Routes[1].Destination.ToString());
        Assert.Equal(
            ("10.1.0.3", 1400, 1300, 5, 100, 253),
            (set.Routes[1].Gateway!.ToString(), set.Routes[1].Mtu, set.Routes[1].AdvMss, set.Routes[1].Priority, set.Routes[1].Table, set.Routes[1].Scope));
    }

    [Fact]
    public void Old_versions_may_have_one_set_per_family()
    {
        IpamConfiguration configuration = Configurations.Read(
            """{"name":"n","cniVersion":"0.2.0","ipam":{"ranges":[[{"subnet":"10.1.0.0/24"}],[{"subnet":"fd00::/64"}]]}}""");
        Assert.Equal(2, configuration.RangeSets.Count);
    }

    [Fact]
    public void Mutated_configurations_are_read_or_refused_never_more()
    {
        byte[] valid = Encoding.UTF8.GetBytes(
            """
            {"name":"n","cniVersion":"0.2.0","ipam":{"ranges":[[{"subnet":"10.1.0.0/24","rangeStart":"10.1.0.4","gateway":"10.1.0.9"}],
             [{"subnet":"fd00::/64"}]],"routes":[{"dst":"0.0.0.0/0","gw":"10.1.0.1","mtu":1400}],"dataDir":"/run","lockTimeout":5,
             "reservations":{"a":"10.1.0.8"}},"args":{"cni":{"ips":["10.1.0.5/24"]}},"runtimeConfig":{"ips":["fd00::7"],"ipRanges":[]}}
            """);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll<int, byte, byte>((position, value, kind) =>
            {
                byte[] mutated = Mutation.Apply(valid, position, value, kind);
                try
                {
                    return IpamConfigurationReader.Read(new ConfigObject(JsonValue.Parse(mutated), ""), null).RangeSets.Count > 0;
                }
                catch (JsonException)
                {
                    return true;
                }
                catch (ConfigException e)
                {
                    return e.Message.Length > 0;
                }
            }));
    }
}
