using System.Text.Json.Nodes;

namespace Flatnet.Plugin.Tests.Keys;

/// <summary><c>manageBridge: false</c>: the bridge is somebody else's; we use it and leave it as it is.</summary>
public sealed class UnmanagedBridgeTests : IDisposable
{
    private static readonly JsonObject Configuration = Configurations.IPv4("""{"manageBridge":false,"ipMasq":true,"promiscMode":true,"forceAddress":true}""");

    private readonly Host _host = new();
    private readonly Node _node;

    public UnmanagedBridgeTests()
    {
        _node = _host.AddContainer();
        _host.Sandbox.Run("ip", "link", "add", Configurations.Bridge, "address", "02:cc:00:00:00:01", "type", "bridge");
        _host.Sandbox.Run("ip", "link", "add", "lan0", "type", "veth", "peer", "name", "lan1");
        _host.Sandbox.Run("ip", "link", "set", "lan0", "master", Configurations.Bridge, "up");
        _host.Sandbox.Run("ip", "link", "set", "lan1", "up");
        _host.Sandbox.Run("ip", "link", "set", Configurations.Bridge, "up");
        _host.Sandbox.Run("ip", "address", "add", "10.87.1.1/24", "dev", Configurations.Bridge);
    }

    public void Dispose()
    {
        _host.Dispose();
    }

    [PluginFact]
    public void Bridge_ports_rules_and_settings_are_untouched_by_ADD_and_DEL()
    {
        HostSnapshot before = HostSnapshot.OfSettled(_host);
        string bridge = Shown();

        JsonObject result = _host.Add(Configuration, _node);
        Assert.Equal(bridge, Shown());
        Assert.Empty(_host.RuleComments());
        Assert.Equal("0", _host.Sysctl("net.ipv4.ip_forward"));
        Assert.Equal(Configurations.Bridge, (string?)Kernel.Of(_host).Link((string)result["interfaces"]![1]!["name"]!)["master"]);
        Assert.True(Traffic.From(_node).Pings(Configurations.Gateway));
        _host.Check(Configuration, result, _node).ExpectSuccess();

        _host.Del(Configuration, _node);
        before.AssertKernelUnchanged(_host);
    }

    [PluginFact]
    public void Another_address_on_it_is_none_of_our_business()
    {
        _host.Sandbox.Run("ip", "address", "flush", "dev", Configurations.Bridge);
        _host.Sandbox.Run("ip", "address", "add", "192.0.2.7/24", "dev", Configurations.Bridge);

        _host.Add(Configuration, _node);

        Assert.Equal(["192.0.2.7/24"], Kernel.Of(_host).Addresses(Configurations.Bridge));
    }

    [PluginFact]
    public void Garbage_collection_leaves_it_too()
    {
        HostSnapshot before = HostSnapshot.OfSettled(_host);
        _host.Add(Configuration, _node);

        _host.Call("GC", Configuration.With("cni.dev/valid-attachments", "[]")).ExpectSuccess();

        before.AssertKernelUnchanged(_host);
    }

    [PluginFact]
    public void A_bridge_once_made_by_us_is_not_removed_either()
    {
        _host.Sandbox.Run("ip", "link", "delete", Configurations.Bridge);
        Node other = _host.AddContainer("c2");
        _host.Add(Configurations.IPv4(), other);
        _host.Add(Configuration, _node);
        other.Run("ip", "link", "delete", "eth0");

        _host.Del(Configuration, _node);

        Assert.Contains(Configurations.Bridge, Kernel.Of(_host).Links());
    }

    // Everything but the counting clocks and the list of learned addresses.
    private string Shown()
    {
        JsonObject bridge = Kernel.Of(_host).Link(Configurations.Bridge);
        JsonObject port = Kernel.Of(_host).Link("lan0");
        foreach (string clock in (string[])["gc_timer", "hello_timer", "tcn_timer", "topology_change_timer"])
        {
            bridge["linkinfo"]!["info_data"]!.AsObject().Remove(clock);
        }

        JsonObject portData = port["linkinfo"]!["info_slave_data"]!.AsObject();
        foreach (string clock in (string[])["message_age_timer", "forward_delay_timer", "hold_timer"])
        {
            portData.Remove(clock);
        }

        // Link-local addresses lose their "tentative" by themselves.
        bridge["addr_info"] = new JsonArray([.. Kernel.Of(_host).Addresses(Configurations.Bridge).Select(address => JsonValue.Create(address))]);
        port.Remove("addr_info");
        return $"{bridge.ToJsonString()}\n{port.ToJsonString()}";
    }
}
