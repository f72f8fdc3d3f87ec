using System.Text.Json.Nodes;

namespace Flatnet.Plugin.Tests.Removal;

/// <summary>GC frees what is not listed, and only that.</summary>
public sealed class GarbageTests : IDisposable
{
    private static readonly JsonObject Configuration = Configurations.IPv4("""{"ipMasq":true,"macspoofchk":true}""");

    private readonly Host _host = new();
    private readonly JsonObject _secondResult;
    private readonly string _firstPort;
    private readonly string _secondPort;

    public GarbageTests()
    {
        Node first = _host.AddContainer("c1");
        Node second = _host.AddContainer("c2");
        _firstPort = (string)_host.Add(Configuration, first)["interfaces"]![1]!["name"]!;
        _secondResult = _host.Add(Configuration, second);
        _secondPort = (string)_secondResult["interfaces"]![1]!["name"]!;
    }

    public void Dispose()
    {
        _host.Dispose();
    }

    [PluginTheory]
    [InlineData("cni.dev/valid-attachments")]
    [InlineData("cni.dev/attachments")]
    public void Frees_what_is_not_listed(string key)
    {
        CommandResult result = _host.Call("GC", Configuration.With(key, """[{"containerID":"c2","ifname":"eth0"}]""")).ExpectSuccess();

        Assert.Equal("", result.Output);
        Assert.Equal("", result.Error);
        Assert.DoesNotContain(_firstPort, Kernel.Of(_host).Links());
        Assert.Equal(["flatnet fn c2 eth0", "flatnet fn egress 10.87.1.0/24"], _host.RuleComments());
        Assert.Equal(["c2 eth0"], _host.Leases());
        _host.Check(Configuration, _secondResult, _host.Containers[1]).ExpectSuccess();
    }

    [PluginFact]
    public void An_empty_list_means_that_nothing_is_valid()
    {
        _host.Call("GC", Configuration.With("cni.dev/valid-attachments", "[]")).ExpectSuccess();

        Assert.Equal(["lo"], Kernel.Of(_host).Links());
        Assert.Empty(_host.RuleComments());
        Assert.Empty(_host.Leases());
    }

    [PluginFact]
    public void No_list_frees_nothing_and_warns()
    {
        HostSnapshot before = HostSnapshot.OfSettled(_host);

        CommandResult result = _host.Call("GC", Configuration).ExpectSuccess();

        Assert.Equal("", result.Output);
        Assert.Contains("cni.dev/valid-attachments", result.Error, StringComparison.Ordinal);
        before.AssertUnchanged(_host);
    }

    [PluginFact]
    public void The_right_key_wins_over_the_old_one()
    {
        JsonObject both = Configuration
            .With("cni.dev/valid-attachments", """[{"containerID":"c1","ifname":"eth0"},{"containerID":"c2","ifname":"eth0"}]""")
            .With("cni.dev/attachments", "[]");

        _host.Call("GC", both).ExpectSuccess();

        Assert.Equal(["c1 eth0", "c2 eth0"], _host.Leases());
    }

    [PluginTheory]
    [InlineData("5", "cni.dev/valid-attachments")]
    [InlineData("[5]", "cni.dev/valid-attachments[0]")]
    [InlineData("""[{"ifname":"eth0"}]""", "cni.dev/valid-attachments[0].containerID")]
    [InlineData("""[{"containerID":5}]""", "cni.dev/valid-attachments[0].containerID")]
    public void A_list_that_cannot_be_read_frees_nothing(string list, string mention)
    {
        HostSnapshot before = HostSnapshot.OfSettled(_host);

        _host.Refused("GC", Configuration.With("cni.dev/valid-attachments", list)).Expect(7, mention);

        before.AssertUnchanged(_host);
    }

    [PluginFact]
    public void Orphans_without_a_lease_go()
    {
        _host.Sandbox.Run("rm", "-rf", "/var/lib/cni/fn");

        _host.Call("GC", Configuration.With("cni.dev/valid-attachments", """[{"containerID":"c2","ifname":"eth0"}]""")).ExpectSuccess();

        Assert.DoesNotContain(_firstPort, Kernel.Of(_host).Links());
        Assert.Contains(_secondPort, Kernel.Of(_host).Links());
        Assert.DoesNotContain("flatnet fn c1 eth0", _host.RuleComments());
    }

    [PluginFact]
    public void Another_interface_of_a_valid_container_goes()
    {
        _host.Add(Configuration.WithIpam("routes", "[]"), _host.Containers[1], "eth1");

        _host.Call("GC", Configuration.With("cni.dev/valid-attachments", """[{"containerID":"c2","ifname":"eth0"}]""")).ExpectSuccess();

        Assert.Equal(["c2 eth0"], _host.Leases());
        Assert.DoesNotContain("eth1", Kernel.Of(_host.Containers[1]).Links());
    }

    [PluginFact]
    public void Another_network_is_none_of_its_business()
    {
        JsonObject other = Configurations.IPv4("""{"name":"other","bridge":"other0","macspoofchk":true}""").WithIpam("ranges", """[[{"subnet":"10.88.1.0/24"}]]""");
        _host.Add(other.WithIpam("routes", "[]"), _host.Containers[0], "eth1");

        _host.Call("GC", Configuration.With("cni.dev/valid-attachments", "[]")).ExpectSuccess();

        Assert.Contains("other0", Kernel.Of(_host).Links());
        Assert.Contains("eth1", Kernel.Of(_host.Containers[0]).Links());
        Assert.Equal(["flatnet other c1 eth1"], _host.RuleComments());
        Assert.Equal(["c1 eth1"], _host.Leases("other"));
    }
}
