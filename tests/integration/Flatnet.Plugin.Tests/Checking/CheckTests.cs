using System.Text.Json.Nodes;

namespace Flatnet.Plugin.Tests.Checking;

/// <summary>CHECK is silent about a healthy attachment, and names the one thing that somebody changed.</summary>
public sealed class CheckTests : IDisposable
{
    private const int CheckFailed = 130;

    private static readonly JsonObject Configuration = Configurations.DualStack("""{"ipMasq":true,"macspoofchk":true,"hairpinMode":true,"mtu":1400}""")
        .WithIpam("routes", """[{"dst":"0.0.0.0/0"},{"dst":"::/0"},{"dst":"192.0.2.0/24","gw":"10.87.1.9"}]""");

    // What somebody does, with PORT for the host's end; "inside" is done in the container. Then what CHECK must name.
    private static readonly Dictionary<string, (string Script, string[] Mentions)> Tamperings = new()
    {
        ["bridge deleted"] = ("ip link delete fn0", ["bridge fn0 does not exist"]),
        ["bridge renamed"] = ("ip link set fn0 down; ip link set fn0 name gone0; ip link set gone0 up", ["bridge fn0 does not exist"]),
        ["bridge replaced by something else"] = ("ip link delete fn0; ip link add fn0 type veth peer name fn1", ["fn0 is no bridge but veth"]),
        ["bridge down"] = ("ip link set fn0 down", ["bridge fn0 is down"]),
        ["bridge MAC changed"] = ("ip link set fn0 address 02:dd:00:00:00:01", ["bridge fn0 has another MAC"]),
        ["bridge IPv4 address removed"] = ("ip address delete 10.87.1.1/24 dev fn0", ["fn0 does not have the gateway address 10.87.1.1"]),
        ["bridge IPv6 address removed"] = ("ip address delete fd00:87::1/64 dev fn0", ["fn0 does not have the gateway address fd00:87::1"]),
        ["port unplugged"] = ("ip link set PORT nomaster", ["PORT is not plugged into fn0"]),
        ["port in another bridge"] = ("ip link add br9 type bridge; ip link set PORT master br9", ["PORT is not plugged into fn0"]),
        ["port down"] = ("ip link set PORT down", ["PORT is down"]),
        ["port renamed"] = ("ip link set PORT down; ip link set PORT name other0; ip link set other0 up", ["no host interface other0"]),
        ["port MAC changed"] = ("ip link set PORT address 02:dd:00:00:00:02", ["PORT has another MAC"]),
        ["hairpin switched off"] = ("bridge link set dev PORT hairpin off", ["PORT has hairpin mode off"]),
        ["isolation switched on"] = ("bridge link set dev PORT isolated on", ["PORT has port isolation on"]),
        ["port MTU changed"] = ("ip link set PORT mtu 1300", ["PORT has MTU 1300 instead of 1400"]),
        ["container MTU raised"] = ("inside ip link set eth0 mtu 1450", ["eth0 sends up to 1450 bytes"]),
        ["container IPv4 address removed"] = ("inside ip address delete 10.87.1.2/24 dev eth0", ["eth0 in the container does not have 10.87.1.2/24"]),
        ["container IPv6 address removed"] = ("inside ip address delete fd00:87::2/64 dev eth0", ["eth0 in the container does not have fd00:87::2/64"]),
        ["container address with another prefix"] = ("inside ip address add 10.87.1.2/16 dev eth0; inside ip address delete 10.87.1.2/24 dev eth0", ["does not have 10.87.1.2/24"]),
        ["route removed"] = ("inside ip route delete 192.0.2.0/24", ["no route to 192.0.2.0/24 by 10.87.1.9"]),
        ["route by another gateway"] = ("inside ip route replace 192.0.2.0/24 via 10.87.1.8", ["no route to 192.0.2.0/24 by 10.87.1.9"]),
        ["default route removed"] = ("inside ip route delete default", ["no route to 0.0.0.0/0"]),
        ["IPv6 default route removed"] = ("inside ip -6 route delete default", ["no route to ::/0"]),
        ["subnet route removed"] = ("inside ip route delete 10.87.1.0/24", ["no route to 10.87.1.0/24"]),
        ["container interface removed"] = ("inside ip link delete eth0", ["interface eth0 does not exist"]),
        ["container interface down"] = ("inside ip link set eth0 down", ["eth0 in the container is down"]),
        ["container MAC changed"] = ("inside ip link set eth0 address 02:dd:00:00:00:03", ["eth0 in the container has another MAC", "02:dd:00:00:00:03"]),
        ["container interface another pair"] = (
            "inside ip link delete eth0; inside ip link add eth0 address 0a:f4:0a:57:01:02 type veth peer name eth9; inside ip link set eth0 up", ["eth0"]),
        ["IPv4 forwarding off"] = ("sysctl -q -w net.ipv4.ip_forward=0", ["net/ipv4/ip_forward is not 1"]),
        ["IPv6 forwarding off"] = ("sysctl -q -w net.ipv6.conf.all.forwarding=0", ["net/ipv6/conf/all/forwarding is not 1"]),
        ["egress rules flushed"] = ("nft flush chain inet flatnet postrouting", ["the egress rule for 10.87.1.0/24 is missing"]),
        ["egress table deleted"] = ("nft delete table inet flatnet", ["the egress rule for 10.87.1.0/24 is missing"]),
        ["one egress rule deleted"] = (
            "nft delete rule inet flatnet postrouting handle $(nft -a list table inet flatnet | sed -n '/fd00/s/.*handle //p')", ["the egress rule for fd00:87::/64 is missing"]),
        ["spoof rule flushed"] = ("nft flush chain bridge flatnet prerouting", ["the MAC spoofing rule of PORT is missing"]),
        ["all rules flushed"] = ("nft flush ruleset", ["rule", "missing"]),
        ["lease removed"] = ("sed -i '/\"id\":\"c1\"/d; s/\"leases\":\\[$/\"leases\":[],/; s/^\\],*$//' /var/lib/cni/fn/ipam.json; cat /var/lib/cni/fn/ipam.json", ["c1", "eth0"]),
        ["FORWARD drops IPv4"] = (
            "nft add table ip filter; nft 'add chain ip filter FORWARD { type filter hook forward priority 0; policy drop; }'", ["the FORWARD chain drops and does not accept fn0"]),
        ["FORWARD drops IPv6"] = (
            "nft add table ip6 filter; nft 'add chain ip6 filter FORWARD { type filter hook forward priority 0; policy drop; }'", ["the FORWARD chain drops and does not accept fn0"]),
    };

    // What plugins further down the list, or the administrator, may do.
    private static readonly Dictionary<string, string> Tolerated = new()
    {
        ["nothing"] = ":",
        ["extra container address"] = "inside ip address add 192.0.2.77/24 dev eth0; inside ip address add 2001:db8::7/64 dev eth0 nodad",
        ["extra container route"] = "inside ip route add 198.51.100.0/24 via 10.87.1.1",
        ["default route by another network"] = "inside ip route replace default via 10.87.1.7",
        ["extra rules"] = "nft add table ip mine; nft 'add chain ip mine c { type filter hook forward priority 0; }'; nft add rule ip mine c counter accept; nft add rule inet flatnet postrouting counter",
        ["FORWARD that accepts"] = "nft add table ip filter; nft 'add chain ip filter FORWARD { type filter hook forward priority 0; policy accept; }'",
        ["lower MTU inside"] = "inside ip link set eth0 mtu 1300",
        ["tuned sysctl inside"] = "inside sysctl -q -w net.ipv4.conf.eth0.arp_notify=0",
        ["queue length inside"] = "inside ip link set eth0 txqueuelen 500",
        ["promiscuous inside"] = "inside ip link set eth0 promisc on",
        ["bridge promiscuous"] = "ip link set fn0 promisc on",
        ["another address on the bridge"] = "ip address add 192.0.2.9/24 dev fn0",
        ["another port in the bridge"] = "ip link add vm0 type veth peer name vm1; ip link set vm0 master fn0",
        ["another interface inside"] = "inside ip link add x0 type veth peer name x1",
        ["port alias removed"] = "ip link set PORT alias ''",
    };

    private readonly Host _host = new();
    private readonly Node _node;
    private readonly JsonObject _result;
    private readonly string _port;

    public CheckTests()
    {
        _node = _host.AddContainer();
        _result = _host.Add(Configuration, _node);
        _port = (string)_result["interfaces"]![1]!["name"]!;
    }

    public static TheoryData<string> TamperingNames { get; } = [.. Tamperings.Keys];

    public static TheoryData<string> ToleratedNames { get; } = [.. Tolerated.Keys];

    public void Dispose()
    {
        _host.Dispose();
    }

    [PluginTheory]
    [MemberData(nameof(TamperingNames))]
    public void Names_what_is_wrong(string tampering)
    {
        (string script, string[] mentions) = Tamperings[tampering];
        AssertSilent(_host.Check(Configuration, _result, _node));

        Do(script);

        PluginError.Of(_host.Check(Configuration, _result, _node)).Expect(CheckFailed, [.. mentions.Select(mention => mention.Replace("PORT", _port, StringComparison.Ordinal))]);
    }

    [PluginTheory]
    [MemberData(nameof(ToleratedNames))]
    public void Does_not_object_to(string change)
    {
        Do(Tolerated[change]);

        AssertSilent(_host.Check(Configuration, _result, _node));
    }

    [PluginFact]
    public void Objects_to_a_promiscuity_that_was_asked_for_and_is_gone()
    {
        JsonObject configuration = Configurations.Layer2("""{"bridge":"fn9","promiscMode":true}""");
        JsonObject result = _host.Add(configuration, _node, "eth1");
        AssertSilent(_host.Check(configuration, result, _node, "eth1"));

        Do("ip link set fn9 promisc off");

        PluginError.Of(_host.Check(configuration, result, _node, "eth1")).Expect(CheckFailed, "bridge fn9 is not promiscuous");
    }

    [PluginTheory]
    [InlineData("0.4.0")]
    [InlineData("1.0.0")]
    [InlineData("1.1.0")]
    public void Passes_in_every_version_that_has_it(string version)
    {
        JsonObject configuration = Configuration.With("cniVersion", $"\"{version}\"").WithIpam("routes", "[]");
        JsonObject result = _host.Add(configuration, _node, "eth1");

        AssertSilent(_host.Check(configuration, result, _node, "eth1"));
    }

    [PluginFact]
    public void A_result_of_1_0_0_and_one_without_version_will_do_for_1_1_0()
    {
        _result["cniVersion"] = "1.0.0";
        AssertSilent(_host.Check(Configuration, _result, _node));

        _result.Remove("cniVersion");
        AssertSilent(_host.Check(Configuration, _result, _node));
    }

    [PluginFact]
    public void Changes_nothing()
    {
        HostSnapshot before = HostSnapshot.OfSettled(_host);

        AssertSilent(_host.Check(Configuration, _result, _node));

        before.AssertUnchanged(_host);
    }

    [PluginFact]
    public void A_namespace_that_is_gone_is_told()
    {
        _host.Sandbox.Run("ip", "netns", "delete", _node.Name);

        PluginError.Of(_host.Check(Configuration, _result, _node)).Expect(101, _node.Path);
    }

    [PluginFact]
    public void A_result_without_our_interface_is_told()
    {
        _result["interfaces"]!.AsArray().RemoveAt(2);

        PluginError.Of(_host.Check(Configuration, _result, _node)).Expect(CheckFailed, "prevResult has no interface eth0 in sandbox");
    }

    private void Do(string script)
    {
        _host.Sandbox.Shell(script.Replace("PORT", _port, StringComparison.Ordinal).Replace("inside ", $"nsenter --net={_node.Path} ", StringComparison.Ordinal));
    }

    private static void AssertSilent(CommandResult result)
    {
        result.ExpectSuccess();
        Assert.Equal("", result.Output);
        Assert.Equal("", result.Error);
    }
}
