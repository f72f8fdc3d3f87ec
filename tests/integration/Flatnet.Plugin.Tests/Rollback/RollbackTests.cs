using System.Text.Json.Nodes;

namespace Flatnet.Plugin.Tests.Rollback;

/// <summary>Whichever step of ADD fails, nothing of the earlier ones is left, and the same ADD succeeds once the cause is gone.</summary>
public sealed class RollbackTests : IDisposable
{
    private readonly Host _host = new();
    private readonly Node _node;

    public RollbackTests()
    {
        _node = _host.AddContainer();
    }

    /// <summary>Whether the network has a bridge and a container already.</summary>
    public static TheoryData<bool> BothBeginnings { get; } = [true, false];

    public void Dispose()
    {
        _host.Dispose();
    }

    [PluginTheory]
    [MemberData(nameof(BothBeginnings))]
    public void A_route_that_the_kernel_refuses(bool inUse)
    {
        JsonObject configuration = Configurations.IPv4("""{"ipMasq":true,"macspoofchk":true}""").WithIpam("routes", """[{"dst":"0.0.0.0/0"},{"dst":"192.0.2.0/24","gw":"203.0.113.1"}]""");

        AssertUndone(inUse, configuration, 107, "192.0.2.0/24", "203.0.113.1", "ENETUNREACH");
    }

    [PluginTheory]
    [MemberData(nameof(BothBeginnings))]
    public void An_IPv6_route_that_the_kernel_refuses(bool inUse)
    {
        JsonObject configuration = Configurations.DualStack("""{"ipMasq":true,"macspoofchk":true}""").WithIpam("routes", """[{"dst":"2001:db8::/32","gw":"2001:db9::1"}]""");

        AssertUndone(inUse, configuration, 107, "2001:db8::/32", "2001:db9::1");
    }

    [PluginTheory]
    [MemberData(nameof(BothBeginnings))]
    public void A_scope_that_the_kernel_refuses(bool inUse)
    {
        AssertUndone(inUse, Configurations.IPv4().WithIpam("routes", """[{"dst":"192.0.2.0/24","scope":255}]"""), 107, "192.0.2.0/24", "EINVAL");
    }

    [PluginTheory]
    [MemberData(nameof(BothBeginnings))]
    public void An_mtu_too_small_for_IPv6(bool inUse)
    {
        AssertUndone(inUse, Configurations.IPv6("""{"mtu":1000,"bridge":"small0","name":"small"}"""), 108, "eth0", "net/ipv6/conf/eth0/disable_ipv6");
    }

    [PluginFact]
    public void Settings_that_cannot_be_written()
    {
        _node.Run("sysctl", "-q", "-w", "net.ipv6.conf.all.disable_ipv6=1");
        _node.Run("sysctl", "-q", "-w", "net.ipv6.conf.default.disable_ipv6=1");
        _host.Sandbox.Shell("mount --bind /proc/sys /proc/sys; mount -o remount,bind,ro /proc/sys");

        AssertUndone(false, Configurations.IPv6(), 108, "net/ipv6/conf/lo/disable_ipv6", "EROFS");

        _host.Sandbox.Run("umount", "/proc/sys");
        _host.Add(Configurations.IPv6(), _node);
    }

    [PluginFact]
    public void Forwarding_that_cannot_be_switched_on()
    {
        _host.Sandbox.Shell("mount --bind /proc/sys /proc/sys; mount -o remount,bind,ro /proc/sys");

        AssertUndone(false, Configurations.IPv4("""{"ipMasq":true,"macspoofchk":true}"""), 108, "net/ipv4/ip_forward", "EROFS");

        _host.Sandbox.Run("umount", "/proc/sys");
        _host.Add(Configurations.IPv4(), _node);
    }

    [PluginFact]
    public void The_gateway_s_address_on_the_administrator_s_bridge_goes_again()
    {
        AddBridge();
        _host.Sandbox.Shell("mount --bind /proc/sys /proc/sys; mount -o remount,bind,ro /proc/sys");

        AssertUndone(false, Configurations.IPv4(), 108, "net/ipv4/ip_forward", "EROFS");
    }

    [PluginFact]
    public void An_address_that_was_forced_away_comes_back()
    {
        AddBridge();
        _host.Sandbox.Run("ip", "address", "add", "192.0.2.9/24", "dev", Configurations.Bridge);
        _host.Sandbox.Shell("mount --bind /proc/sys /proc/sys; mount -o remount,bind,ro /proc/sys");

        AssertUndone(false, Configurations.IPv4("""{"forceAddress":true}"""), 108, "net/ipv4/ip_forward", "EROFS");
    }

    [PluginFact]
    public void Read_only_settings_that_are_right_already_are_no_obstacle()
    {
        _host.Sandbox.Run("sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
        _host.Sandbox.Shell("mount --bind /proc/sys /proc/sys; mount -o remount,bind,ro /proc/sys");

        _host.Add(Configurations.IPv4(), _node);

        Assert.True(Traffic.From(_node).Pings(Configurations.Gateway));
    }

    [PluginTheory]
    [InlineData("192.0.2.9/24", "10.87.1.1/24")]
    [InlineData("10.87.1.1/16", "10.87.1.1/24")]
    public void Another_address_on_the_bridge(string present, string wanted)
    {
        AddBridge();
        _host.Sandbox.Run("ip", "address", "add", present, "dev", Configurations.Bridge);

        AssertUndone(false, Configurations.DualStack("""{"ipMasq":true,"macspoofchk":true}"""), 104, "\"fn0\" already has an IP address different from " + wanted, present);
    }

    [PluginFact]
    public void An_overlapping_IPv6_address_on_the_bridge()
    {
        AddBridge();
        _host.Sandbox.Run("ip", "address", "add", "fd00:87::9/64", "dev", Configurations.Bridge, "nodad");

        // The IPv4 address is put on first and must go again.
        AssertUndone(false, Configurations.DualStack(), 104, "different from fd00:87::1/64", "fd00:87::9/64");
    }

    [PluginTheory]
    [InlineData("ip link add fn0 type veth peer name fn1", "\"fn0\" already exists but is not a bridge")]
    [InlineData("ip link add fn1 type veth peer name fn2; ip link property add dev fn1 altname fn0", "\"fn0\" already exists but is not a bridge")]
    public void Something_else_of_the_bridge_s_name(string script, string mention)
    {
        _host.Sandbox.Shell(script);

        AssertUndone(false, Configurations.IPv4(), 103, mention);
    }

    [PluginFact]
    public void No_such_unmanaged_bridge()
    {
        AssertUndone(false, Configurations.IPv4("""{"manageBridge":false}"""), 103, "\"fn0\" does not exist", "manageBridge");
    }

    [PluginFact]
    public void Something_else_of_the_host_end_s_name()
    {
        JsonObject configuration = Configurations.IPv4("""{"macspoofchk":true}""");
        string name = (string)_host.Add(configuration, _node)["interfaces"]![1]!["name"]!;
        _host.Del(configuration, _node);
        _host.Sandbox.Run("ip", "link", "add", name, "type", "veth", "peer", "name", "other1");
        HostSnapshot before = HostSnapshot.OfSettled(_host);

        _host.Refused("ADD", configuration, _node).Expect(102, name, "already exists");

        before.AssertKernelUnchanged(_host);
        Assert.Empty(_host.Leases());
    }

    [PluginFact]
    public void State_that_cannot_be_written()
    {
        _host.Sandbox.Shell("mkdir -p /var/lib/cni; mount -t tmpfs -o ro tmpfs /var/lib/cni");
        HostSnapshot before = HostSnapshot.OfSettled(_host);

        _host.Refused("ADD", Configurations.IPv4(), _node).Expect(115, "/var/lib/cni", "EROFS");

        before.AssertUnchanged(_host);
    }

    [PluginFact]
    public void State_behind_a_symbolic_link()
    {
        _host.Sandbox.Shell("mkdir -p /var/lib/cni /tmp/elsewhere; ln -s /tmp/elsewhere /var/lib/cni/fn");
        HostSnapshot before = HostSnapshot.OfSettled(_host);

        PluginError error = _host.Refused("ADD", Configurations.IPv4(), _node);

        Assert.Contains(error.Code, new[] { 114, 115 });
        Assert.Contains("/var/lib/cni/fn", error.Text, StringComparison.Ordinal);
        before.AssertUnchanged(_host);
        Assert.Empty(Directory.GetFiles(_host.Sandbox.Outside("/tmp/elsewhere")));
    }

    [PluginFact]
    public void State_that_somebody_else_has_locked()
    {
        JsonObject configuration = Configurations.IPv4().WithIpam("lockTimeout", "100");
        _host.Add(configuration, _node);
        _host.Del(configuration, _node);
        using Background holder = _host.Sandbox.Start("sh", "-c", "exec 9>>/var/lib/cni/fn/ipam.lock; flock -x 9; read line; echo locked; read forever");
        Assert.Equal("locked", holder.Exchange("go", TimeSpan.FromSeconds(10)));
        HostSnapshot before = HostSnapshot.OfSettled(_host);

        _host.Refused("ADD", configuration, _node).Expect(11, "/var/lib/cni/fn/ipam.lock", "100 ms");

        before.AssertUnchanged(_host);
    }

    [PluginFact]
    public void A_result_that_nobody_reads_is_a_failure()
    {
        _host.Sandbox.Write("/tmp/input", Configurations.IPv4().ToJsonString());

        CommandResult result = _host.Sandbox.Try(
            ["sh", "-c", $"CNI_COMMAND=ADD CNI_CONTAINERID=c1 CNI_NETNS={_node.Path} CNI_IFNAME=eth0 CNI_PATH={Sandbox.PluginDirectory} {Sandbox.PluginDirectory}/flatnet </tmp/input >/dev/full"]);

        Assert.Equal(1, result.ExitCode);
        _host.Del(Configurations.IPv4(), _node);
        Assert.Equal(["lo"], Kernel.Of(_host).Links());
    }

    // With a port of the administrator's: a bridge that never had one shows another carrier than one that lost its last.
    private void AddBridge()
    {
        _host.Sandbox.Shell(
            "ip link add fn0 type bridge; ip link set fn0 up; ip link add lan0 type veth peer name lan1; ip link set lan0 master fn0 up; ip link set lan1 up");
    }

    // "In use": another container is in the network, and its bridge must survive untouched.
    private void AssertUndone(bool inUse, JsonObject configuration, int code, params string[] mentions)
    {
        if (inUse)
        {
            _host.Add(Configurations.DualStack("""{"ipMasq":true,"macspoofchk":true}"""), _host.AddContainer("neighbour"));
        }

        HostSnapshot before = HostSnapshot.OfSettled(_host);

        _host.Refused("ADD", configuration, _node).Expect(code, mentions);

        before.AssertKernelUnchanged(_host);
        string network = (string)configuration["name"]!;
        Assert.DoesNotContain("c1 eth0", File.Exists(_host.Sandbox.Outside($"/var/lib/cni/{network}/ipam.json")) ? _host.Leases(network) : []);
        _host.Del(configuration, _node);
        before.AssertKernelUnchanged(_host);
    }
}
