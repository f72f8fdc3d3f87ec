using System.Net;
using System.Text;
using Flatnet.Cni.Protocol;
using Flatnet.Cni.Results;
using Flatnet.Ipam;

namespace Flatnet.Cni.Tests.Results;

public sealed class ResultWriterTests
{
    private static readonly CniResult DualStack = new()
    {
        Interfaces = [new("br0", "02:00:00:00:00:01", 1500), new("veth1", "02:00:00:00:00:02", 1500), new("eth0", "02:00:00:00:00:03", 1500, "/run/netns/x")],
        Addresses = [new(IPAddress.Parse("10.87.1.5"), 24, IPAddress.Parse("10.87.1.1"), 2), new(IPAddress.Parse("fd87::5"), 64, null, 2)],
        Routes =
        [
            new Route { Destination = new IpPrefix(IPAddress.Any, 0) },
            new Route { Destination = new IpPrefix(IPAddress.Parse("fd00::"), 8), Gateway = IPAddress.Parse("fd87::1"), Mtu = 1400, AdvMss = 1360, Priority = 7, Table = 99, Scope = 0 },
        ],
        Dns = new DnsSettings { Nameservers = ["1.1.1.1"], Domain = "d", Search = ["s"], Options = ["o"] },
    };

    private static string Write(string version, CniResult result) => Encoding.UTF8.GetString(ResultWriter.Write(version, result).Span);

    [Theory]
    [InlineData("0.1.0")]
    [InlineData("0.2.0")]
    public void Oldest_versions_have_a_slot_per_family(string version) => Assert.Equal(
        $$$"""
        {"cniVersion":"{{{version}}}","ip4":{"ip":"10.87.1.5/24","gateway":"10.87.1.1","routes":[{"dst":"0.0.0.0/0"}]},"ip6":{"ip":"fd87::5/64","routes":[{"dst":"fd00::/8","gw":"fd87::1"}]},"dns":{"nameservers":["1.1.1.1"],"domain":"d","search":["s"],"options":["o"]}}

        """, Write(version, DualStack));

    [Theory]
    [InlineData("0.3.0")]
    [InlineData("0.3.1")]
    [InlineData("0.4.0")]
    public void Middle_versions_number_the_families(string version) => Assert.Equal(
        $$$"""
        {"cniVersion":"{{{version}}}","interfaces":[{"name":"br0","mac":"02:00:00:00:00:01"},{"name":"veth1","mac":"02:00:00:00:00:02"},{"name":"eth0","mac":"02:00:00:00:00:03","sandbox":"/run/netns/x"}],"ips":[{"version":"4","interface":2,"address":"10.87.1.5/24","gateway":"10.87.1.1"},{"version":"6","interface":2,"address":"fd87::5/64"}],"routes":[{"dst":"0.0.0.0/0"},{"dst":"fd00::/8","gw":"fd87::1"}],"dns":{"nameservers":["1.1.1.1"],"domain":"d","search":["s"],"options":["o"]}}

        """, Write(version, DualStack));

    [Fact]
    public void Version_1_0_0_has_neither_family_nor_the_fields_of_its_successor() => Assert.Equal(
        """
        {"cniVersion":"1.0.0","interfaces":[{"name":"br0","mac":"02:00:00:00:00:01"},{"name":"veth1","mac":"02:00:00:00:00:02"},{"name":"eth0","mac":"02:00:00:00:00:03","sandbox":"/run/netns/x"}],"ips":[{"interface":2,"address":"10.87.1.5/24","gateway":"10.87.1.1"},{"interface":2,"address":"fd87::5/64"}],"routes":[{"dst":"0.0.0.0/0"},{"dst":"fd00::/8","gw":"fd87::1"}],"dns":{"nameservers":["1.1.1.1"],"domain":"d","search":["s"],"options":["o"]}}

        """, Write("1.0.0", DualStack));

    [Fact]
    public void Version_1_1_0_has_all_fields() => Assert.Equal(
        """
        {"cniVersion":"1.1.0","interfaces":[{"name":"br0","mac":"02:00:00:00:00:01","mtu":1500},{"name":"veth1","mac":"02:00:00:00:00:02","mtu":1500},{"name":"eth0","mac":"02:00:00:00:00:03","mtu":1500,"sandbox":"/run/netns/x"}],"ips":[{"interface":2,"address":"10.87.1.5/24","gateway":"10.87.1.1"},{"interface":2,"address":"fd87::5/64"}],"routes":[{"dst":"0.0.0.0/0"},{"dst":"fd00::/8","gw":"fd87::1","mtu":1400,"advmss":1360,"priority":7,"table":99,"scope":0}],"dns":{"nameservers":["1.1.1.1"],"domain":"d","search":["s"],"options":["o"]}}

        """, Write("1.1.0", DualStack));

    [Theory]
    [InlineData("0.4.0", "{\"cniVersion\":\"0.4.0\",\"dns\":{}}\n")]
    [InlineData("1.0.0", "{\"cniVersion\":\"1.0.0\"}\n")]
    public void Empty_lists_are_omitted(string version, string expected) => Assert.Equal(expected, Write(version, new CniResult()));

    [Theory]
    [InlineData("0.1.0", true)]
    [InlineData("0.2.0", true)]
    [InlineData("0.3.0", false)]
    [InlineData("1.1.0", false)]
    public void Attachments_without_addresses_need_interfaces(string version, bool refused)
    {
        CniException? error = Record.Exception(() => ResultWriter.CheckExpressible(version, hasAddresses: false)) as CniException;

        Assert.Equal(refused, error is { Code: 1, Message: "cannot convert: no valid IP addresses" });
    }

    [Fact]
    public void All_versions_can_be_read_back()
    {
        foreach (string version in CniVersion.Supported)
        {
            CniResult read = ResultReader.ReadPrevious(Json.Config(ResultWriter.Write(version, DualStack)), version);

            Assert.Equal(["10.87.1.5/24", "fd87::5/64"], read.Addresses.Select(static address => address.Cidr));
            Assert.Equal(["0.0.0.0/0", "fd00::/8"], read.Routes.Select(static route => route.Destination.ToString()));
            Assert.Equal(CniVersion.IsAtLeast(version, "0.3.0") ? 3 : 0, read.Interfaces.Count);
        }
    }
}
