using System.Text.Json.Nodes;

namespace Flatnet.Plugin.Tests.Results;

/// <summary>STATUS says whether an ADD would be served, and changes nothing.</summary>
public sealed class StatusTests : IDisposable
{
    private const string OneAddress = """[[{"subnet":"10.87.1.0/24","rangeStart":"10.87.1.2","rangeEnd":"10.87.1.2"}]]""";

    private readonly Host _host = new();

    public void Dispose()
    {
        _host.Dispose();
    }

    [PluginFact]
    public void Ready_is_silence()
    {
        HostSnapshot before = HostSnapshot.OfSettled(_host);

        CommandResult result = _host.Call("STATUS", Configurations.DualStack()).ExpectSuccess();

        Assert.Equal("", result.Output);
        Assert.Equal("", result.Error);
        before.AssertUnchanged(_host);
    }

    [PluginFact]
    public void A_full_pool_is_not_available()
    {
        JsonObject configuration = Configurations.IPv4().WithIpam("ranges", OneAddress);
        _host.Call("STATUS", configuration).ExpectSuccess();
        _host.Add(configuration, _host.AddContainer());
        HostSnapshot before = HostSnapshot.OfSettled(_host);

        _host.Refused("STATUS", configuration).Expect(50, "network \"fn\" has no free address", "1 of 1");

        before.AssertUnchanged(_host);
    }

    [PluginFact]
    public void A_missing_unmanaged_bridge_is_not_available()
    {
        _host.Refused("STATUS", Configurations.IPv4("""{"manageBridge":false}""")).Expect(50, "\"fn0\"", "manageBridge");

        _host.Sandbox.Run("ip", "link", "add", Configurations.Bridge, "type", "bridge");
        _host.Call("STATUS", Configurations.IPv4("""{"manageBridge":false}""")).ExpectSuccess();
    }

    [PluginFact]
    public void An_invalid_configuration_is_told()
    {
        _host.Refused("STATUS", Configurations.IPv4("""{"vlan":4095}""")).Expect(7, "vlan", "4095");
    }

    [PluginFact]
    public void A_link_of_that_name_that_is_no_bridge_is_not_available()
    {
        _host.Sandbox.Run("ip", "link", "add", Configurations.Bridge, "type", "veth", "peer", "name", "plain1");

        _host.Refused("STATUS", Configurations.IPv4()).Expect(50, "\"fn0\"", "not a bridge");
    }

    [PluginFact]
    public void A_delegate_s_answer_is_passed_on()
    {
        _host.Sandbox.Write(
            $"{Sandbox.PluginDirectory}/fake-ipam", "#!/bin/sh\necho '{\"cniVersion\":\"1.1.0\",\"code\":51,\"msg\":\"half full\",\"details\":\"or half empty\"}'\nexit 1\n");
        _host.Sandbox.Run("chmod", "755", $"{Sandbox.PluginDirectory}/fake-ipam");

        PluginError error = _host.Refused("STATUS", Configurations.Delegated("""{"type":"fake-ipam"}"""));

        Assert.Equal(new PluginError(51, "half full", "or half empty"), error);
    }
}
