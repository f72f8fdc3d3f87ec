using System.Net;
using System.Net.Sockets;
using System.Text;
using Flatnet.Cli.Doctor;
using Flatnet.Cli.Doctor.Checks;
using Flatnet.Cli.Doctor.Probes;

namespace Flatnet.Cli.Tests.Doctor.Checks;

public sealed class NetworkCheckTests : IDisposable
{
    private const string WindowsRoutes = "/mnt/c/Windows/System32/ROUTE.EXE print -4";

    private readonly DoctorFixture _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Forwarding_is_on()
    {
        await _machine.ExpectAsync(new ForwardingCheck(), CheckStatus.Pass, "net.ipv4.ip_forward is 1");
    }

    [Fact]
    public async Task Forwarding_that_is_off_is_a_failure_that_can_be_fixed_once()
    {
        _machine.Root.Write("/proc/sys/net/ipv4/ip_forward", "0\n");

        await _machine.ExpectAsync(
            new ForwardingCheck(), CheckStatus.Fail, "net.ipv4.ip_forward is 0: containers are reached from this machine only", "sudo sysctl -w net.ipv4.ip_forward=1");
        CheckResult before = await _machine.RunAsync(new ForwardingCheck());
        await before.Fix!.ApplyAsync(default);
        await _machine.ExpectAsync(new ForwardingCheck(), CheckStatus.Pass, "net.ipv4.ip_forward is 1");
        Assert.Null((await _machine.RunAsync(new ForwardingCheck())).Fix);
    }

    [Fact]
    public async Task Forwarding_that_cannot_be_read_is_a_warning()
    {
        File.Delete(_machine.Root.Path + "/proc/sys/net/ipv4/ip_forward");

        await _machine.ExpectAsync(new ForwardingCheck(), CheckStatus.Warning, "/proc/sys/net/ipv4/ip_forward cannot be read", "mount -t proc");
    }

    [Theory]
    [InlineData(false, "", "", nameof(CheckStatus.Pass))]
    [InlineData(true, "flatnet flatnet forward", "", nameof(CheckStatus.Pass))]
    [InlineData(true, "", "flatnet-br0", nameof(CheckStatus.Pass))]
    [InlineData(true, "flatnet other forward", "docker0", nameof(CheckStatus.Warning))]
    public async Task A_chain_that_drops_needs_an_exception_for_the_bridge(bool drops, string comment, string interfaceName, string expected)
    {
        _machine.Rules = _machine.Rules with
        {
            ForwardChains = [new ForwardChain("ip filter FORWARD", drops, [comment], [Encoding.ASCII.GetBytes("\u0001" + interfaceName + "\0\0")])],
        };

        await _machine.ExpectAsync(
            new ForwardPolicyCheck(),
            expected,
            expected == "Pass" ? "forwarded packets are not dropped by default" : "the chain \"ip filter FORWARD\" drops by default and does not accept flatnet-br0",
            "sudo nft insert rule ip filter FORWARD iifname flatnet-br0 accept");
    }

    [Theory]
    [InlineData("-P FORWARD ACCEPT\n", nameof(CheckStatus.Pass))]
    [InlineData("-P FORWARD DROP\n-A FORWARD -i flatnet-br0 -j ACCEPT\n", nameof(CheckStatus.Pass))]
    [InlineData("-P FORWARD DROP\n-A FORWARD -i docker0 -j ACCEPT\n", nameof(CheckStatus.Warning))]
    public async Task Legacy_tables_are_looked_at_where_they_are(string rules, string expected)
    {
        _machine.Processes.On("iptables-legacy -w 2 -S FORWARD", rules);
        await _machine.ExpectAsync(new ForwardPolicyCheck(), CheckStatus.Pass, "forwarded packets are not dropped by default");

        _machine.Root.Write("/proc/net/ip_tables_names", "filter\n");
        await _machine.ExpectAsync(
            new ForwardPolicyCheck(),
            expected,
            expected == "Pass" ? "forwarded packets are not dropped by default" : "iptables' legacy FORWARD chain drops by default and does not accept flatnet-br0",
            "sudo iptables-legacy -I FORWARD -i flatnet-br0 -j ACCEPT");
    }

    [Fact]
    public async Task A_network_without_firewall_is_left_alone()
    {
        _machine.Root.Write("/etc/cni/net.d/flatnet.conflist", DoctorFixture.Conflist.Replace("\"ipMasq\"", "\"firewall\": \"none\", \"ipMasq\"", StringComparison.Ordinal));
        _machine.Rules = new Ruleset { ForwardChains = [new ForwardChain("ip filter FORWARD", true, [], [])] };

        await _machine.ExpectAsync(new ForwardPolicyCheck(), CheckStatus.Pass, "not checked: the network is set to leave the firewall alone");
        await _machine.ExpectAsync(new EgressCheck(), CheckStatus.Pass, "not checked: the network is not set to masquerade");
    }

    [Fact]
    public async Task The_egress_rule_is_there()
    {
        await _machine.ExpectAsync(new EgressCheck(), CheckStatus.Pass, "10.87.1.0/24 may leave the host");
    }

    [Fact]
    public async Task The_egress_rule_may_be_iptables()
    {
        _machine.Rules = new Ruleset { Unavailable = "open netfilter socket: Protocol not supported (EPROTONOSUPPORT)" };
        _machine.Processes.On(
            "iptables -w 2 -t nat -S POSTROUTING",
            "-P POSTROUTING ACCEPT\n-A POSTROUTING -s 10.87.1.0/24 ! -d 10.87.1.0/24 -m comment --comment \"flatnet flatnet egress 10.87.1.0/24\" -j MASQUERADE\n");

        await _machine.ExpectAsync(new EgressCheck(), CheckStatus.Pass, "10.87.1.0/24 may leave the host");
    }

    [Fact]
    public async Task Without_netfilter_it_says_why_there_is_no_egress()
    {
        _machine.Rules = new Ruleset { Unavailable = "no such protocol" };

        await _machine.ExpectAsync(
            new EgressCheck(),
            CheckStatus.Warning,
            "egress NAT: unavailable, because no such protocol; containers are reachable and reach each other, but nothing beyond the host",
            "nf_tables");
    }

    [Fact]
    public async Task A_missing_egress_rule_matters_only_while_a_container_runs()
    {
        _machine.Rules = new Ruleset { EgressComments = ["flatnet other egress 10.87.1.0/24"] };
        await _machine.ExpectAsync(new EgressCheck(), CheckStatus.Pass, "not needed yet; the first container makes it");

        _machine.Engine.Add("web");
        await _machine.ExpectAsync(
            new EgressCheck(),
            CheckStatus.Warning,
            "the egress rule for 10.87.1.0/24 is missing from table inet flatnet: somebody flushed the ruleset, and containers reach nothing beyond the host",
            "podman restart web");
    }

    [Fact]
    public async Task The_bridges_own_route_and_the_default_route_overlap_with_nothing()
    {
        await _machine.ExpectAsync(new SubnetOverlapCheck(), CheckStatus.Pass, "10.87.1.0/24 overlaps with none of 1 routes");
    }

    [Theory]
    [InlineData("10.87.0.0", 16, "192.168.1.0/24")]
    [InlineData("10.87.1.128", 25, "10.87.2.0/24")]
    [InlineData("10.0.0.0", 8, "192.168.1.0/24")]
    public async Task A_route_of_a_vpn_that_overlaps_is_a_warning_with_a_free_subnet(string destination, int length, string free)
    {
        _machine.Links.Add(_machine.Links[0] with { Index = 7, Name = "tun0" });
        _machine.Routes.Add(DoctorFixture.RouteTo(destination, length, 7));

        await _machine.ExpectAsync(
            new SubnetOverlapCheck(), CheckStatus.Warning, $"10.87.1.0/24 overlaps with {destination}/{length} on tun0", $"sudo flatnet network create flatnet2 --subnet {free}");
        CheckResult result = await _machine.RunAsync(new SubnetOverlapCheck());
        Assert.Equal(
            ["10.87.1.0/24       flatnet          ours", "192.0.2.0/24       eth0             ok", $"{destination + "/" + length,-18} tun0             OVERLAPS"],
            result.Details.ToArray());
    }

    [Theory]
    [InlineData("10.87.0.0        255.255.0.0      On-link       10.87.0.5     25", "10.87.1.0/24 overlaps with 10.87.0.0/16 on Windows 10.87.0.5")]
    [InlineData("10.87.1.0      255.255.255.0    172.24.32.1    172.24.32.1     10", null)]
    [InlineData("0.0.0.0          0.0.0.0    192.168.1.1     192.168.1.5     25", null)]
    public async Task Windows_routes_count_but_Flatnets_own_and_the_default(string line, string? message)
    {
        _machine.OnWsl().Processes.On(WindowsRoutes, $"===========\r\n    ネットワーク宛先        ネットマスク\r\n  {line}\r\n  224.0.0.0        240.0.0.0  On-link  127.0.0.1  331\r\n");

        CheckResult result = await _machine.RunAsync(new SubnetOverlapCheck());

        Assert.Equal((message is null ? CheckStatus.Pass : CheckStatus.Warning, message ?? "10.87.1.0/24 overlaps with none of 1 routes"), (result.Status, result.Message));
    }

    [Fact]
    public async Task Dns_has_servers()
    {
        await _machine.ExpectAsync(new DnsCheck(), CheckStatus.Pass, "servers: 192.0.2.53");
    }

    [Theory]
    [InlineData(true, "generateResolvConf")]
    [InlineData(false, "sudo tee -a /etc/resolv.conf")]
    public async Task No_dns_server_is_a_warning(bool isWsl, string cure)
    {
        _machine.Root.Write("/etc/resolv.conf", "# nameserver 192.0.2.53\nsearch example.com\n");
        if (isWsl)
        {
            _machine.OnWsl();
        }

        await _machine.ExpectAsync(new DnsCheck(), CheckStatus.Warning, "/etc/resolv.conf names no server", cure);
    }

    [Fact]
    public async Task A_configured_host_that_cannot_be_resolved_is_a_warning()
    {
        _machine.Settings = _machine.Settings with { LokiUrl = new Uri("http://loki.office:3100") };
        _machine.Resolve = host => host == "loki.office" ? throw new SocketException((int)SocketError.HostNotFound) : [IPAddress.Loopback];

        await _machine.ExpectAsync(new DnsCheck(), CheckStatus.Warning, "\"loki.office\" cannot be resolved by 192.0.2.53", "getent hosts loki.office");
    }
}
