using System.Text.Json.Nodes;

namespace Flatnet.Plugin.Tests.Delegation;

/// <summary>The name of the file decides which plugin it is.</summary>
public sealed class FileNameTests : IDisposable
{
    private readonly Host _host = new();
    private readonly Node _node;

    public FileNameTests()
    {
        _node = _host.AddContainer();
        foreach (string name in (string[])["bridge", "host-local"])
        {
            _host.Sandbox.Run("ln", "-s", "flatnet", $"{Sandbox.PluginDirectory}/{name}");
        }
    }

    public void Dispose()
    {
        _host.Dispose();
    }

    [PluginTheory]
    [InlineData("flatnet-ipam")]
    [InlineData("host-local")]
    public void As_an_IPAM_plugin_it_gives_addresses_and_touches_no_link(string name)
    {
        RawCall call = new("ADD", Configurations.DualStack(), _node);
        string links = string.Join(' ', Kernel.Of(_node).Links());

        JsonNode result = JsonNode.Parse(call.Run(_host.Sandbox, $"{Sandbox.PluginDirectory}/{name}").ExpectSuccess().Output)!;

        Assert.Equal(
            """{"cniVersion":"1.1.0","ips":[{"address":"10.87.1.2/24","gateway":"10.87.1.1"},{"address":"fd00:87::2/64","gateway":"fd00:87::1"}],"routes":[{"dst":"0.0.0.0/0"},{"dst":"::/0"}]}""",
            result.ToJsonString());
        Assert.Equal(links, string.Join(' ', Kernel.Of(_node).Links()));
        Assert.Equal(["c1 eth0"], _host.Leases());

        Assert.Equal("", Ipam("DEL", name).ExpectSuccess().Output);
        Assert.Equal("", Ipam("DEL", name).ExpectSuccess().Output);
        Assert.Empty(_host.Leases());
    }

    [PluginFact]
    public void As_an_IPAM_plugin_it_checks_collects_and_answers_for_its_pool()
    {
        Ipam("ADD", "flatnet-ipam").ExpectSuccess();
        Ipam("CHECK", "flatnet-ipam").ExpectSuccess();
        Ipam("STATUS", "flatnet-ipam").ExpectSuccess();

        new RawCall("GC", Configurations.IPv4().With("cni.dev/valid-attachments", "[]"), null).Run(_host.Sandbox, $"{Sandbox.PluginDirectory}/flatnet-ipam").ExpectSuccess();

        Assert.Empty(_host.Leases());
        PluginError.Of(Ipam("CHECK", "flatnet-ipam")).Expect(130, "c1", "eth0");
    }

    [PluginFact]
    public void As_bridge_it_is_the_main_plugin()
    {
        CommandResult result = new RawCall("ADD", Configurations.IPv4(), _node).Run(_host.Sandbox, $"{Sandbox.PluginDirectory}/bridge").ExpectSuccess();

        Assert.Equal(3, JsonNode.Parse(result.Output)!["interfaces"]!.AsArray().Count);
        Assert.Equal(["10.87.1.2/24"], Kernel.Of(_node).Addresses("eth0"));
    }

    [PluginFact]
    public void A_conflist_that_only_swaps_the_types_works_with_both_links()
    {
        JsonObject configuration = Configurations.Delegated("""{"type":"host-local","subnet":"10.87.1.0/24"}""");

        RawCall add = new("ADD", configuration, _node);
        add.Run(_host.Sandbox, $"{Sandbox.PluginDirectory}/bridge").ExpectSuccess();

        Assert.Equal(["c1 eth0"], _host.Leases());
        Assert.Equal(["10.87.1.2/24"], Kernel.Of(_node).Addresses("eth0"));
    }

    [PluginFact]
    public void Another_file_by_the_name_of_our_IPAM_plugin_is_run()
    {
        JsonObject configuration = Configurations.IPv4();
        _host.Sandbox.Write("/opt/other/flatnet-ipam", "#!/bin/sh\n" + FakeIpam.Answer("""{"ips":[{"address":"10.87.1.200/24"}]}""") + "\n");
        _host.Sandbox.Run("chmod", "755", "/opt/other/flatnet-ipam");

        new RawCall("ADD", configuration, _node).With("CNI_PATH", "/opt/other:/opt/cni/bin").Run(_host.Sandbox).ExpectSuccess();

        Assert.Equal(["10.87.1.200/24"], Kernel.Of(_node).Addresses("eth0"));
    }

    [PluginFact]
    public void Our_own_IPAM_plugin_needs_no_file_of_its_name()
    {
        new RawCall("ADD", Configurations.IPv4(), _node).With("CNI_PATH", "/nonesuch").Run(_host.Sandbox).ExpectSuccess();

        Assert.Equal(["10.87.1.2/24"], Kernel.Of(_node).Addresses("eth0"));
    }

    private CommandResult Ipam(string command, string name)
    {
        return new RawCall(command, Configurations.IPv4(), _node).Run(_host.Sandbox, $"{Sandbox.PluginDirectory}/{name}");
    }
}
