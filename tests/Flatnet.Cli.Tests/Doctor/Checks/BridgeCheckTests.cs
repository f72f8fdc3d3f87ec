using Flatnet.Cli.Doctor;
using Flatnet.Cli.Doctor.Checks;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Doctor.Checks;

public sealed class BridgeCheckTests : IDisposable
{
    private readonly DoctorFixture _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_bridge_without_carrier_is_as_it_should_be()
    {
        Assert.Equal(2, _machine.Links[1].OperState);

        await _machine.ExpectAsync(new BridgeCheck(), CheckStatus.Pass, "flatnet-br0 is up, 10.87.1.1/24");
    }

    [Fact]
    public async Task A_missing_bridge_is_a_warning_while_no_container_runs()
    {
        _machine.Links.RemoveAt(1);
        _machine.Engine.Add("other", network: "podman");

        await _machine.ExpectAsync(
            new BridgeCheck(), CheckStatus.Warning, "flatnet-br0 does not exist yet; the first container makes it", "podman run --rm --network flatnet");
    }

    [Fact]
    public async Task A_missing_bridge_is_a_failure_while_a_container_runs()
    {
        _machine.Links.RemoveAt(1);
        _machine.Engine.Add("web");

        await _machine.ExpectAsync(
            new BridgeCheck(),
            CheckStatus.Fail,
            "flatnet-br0 does not exist although containers of the network \"flatnet\" run: they are cut off",
            "podman restart $(podman ps -q --filter network=flatnet)");
    }

    [Theory]
    [InlineData(true, nameof(CheckStatus.Fail))]
    [InlineData(false, nameof(CheckStatus.Warning))]
    public async Task Without_Podman_the_leases_tell_whether_a_container_runs(bool lives, string expected)
    {
        _machine.Links.RemoveAt(1);
        _machine.EngineFailure = new EngineException(EngineFailure.Absent, "no Podman", "");
        _machine.Acquire("web", lives);

        Assert.Equal(expected, (await _machine.RunAsync(new BridgeCheck())).Status.ToString());
    }

    [Fact]
    public async Task A_device_of_another_kind_is_a_failure()
    {
        _machine.Links[1] = _machine.Links[1] with { Kind = "dummy" };

        await _machine.ExpectAsync(new BridgeCheck(), CheckStatus.Fail, "flatnet-br0 is no bridge but dummy", "ip link set dev flatnet-br0 name");
    }

    [Fact]
    public async Task A_bridge_that_is_switched_off_is_a_warning()
    {
        _machine.Links[1] = _machine.Links[1] with { IsUp = false };

        await _machine.ExpectAsync(new BridgeCheck(), CheckStatus.Warning, "flatnet-br0 is switched off", "sudo ip link set dev flatnet-br0 up");
    }

    [Fact]
    public async Task A_bridge_without_the_gateways_address_is_a_warning()
    {
        _machine.Addresses.Clear();

        await _machine.ExpectAsync(
            new BridgeCheck(), CheckStatus.Warning, "flatnet-br0 does not have the gateway's address 10.87.1.1", "sudo ip addr add 10.87.1.1/24 dev flatnet-br0");
    }

    [Fact]
    public async Task The_mtu_fits()
    {
        await _machine.ExpectAsync(new MtuCheck(), CheckStatus.Pass, "flatnet-br0 has 1500 bytes, the uplink eth0 1500");
    }

    [Fact]
    public async Task An_uplink_with_a_smaller_mtu_is_a_warning()
    {
        _machine.Links[0] = _machine.Links[0] with { Mtu = 1400 };

        await _machine.ExpectAsync(
            new MtuCheck(),
            CheckStatus.Warning,
            "flatnet-br0 has an MTU of 1500 bytes, but the uplink eth0 only 1400 (a VPN?): large transfers may hang",
            "Write \"mtu\": 1400 into");
    }

    [Fact]
    public async Task A_container_that_still_has_the_larger_mtu_is_a_warning()
    {
        _machine.Links[0] = _machine.Links[0] with { Mtu = 1400 };
        _machine.Links[1] = _machine.Links[1] with { Mtu = 1400 };
        _machine.Links.Add(_machine.Links[1] with { Index = 9, Name = "veth12ab", Kind = "veth", Mtu = 1500, MasterIndex = 3 });

        await _machine.ExpectAsync(
            new MtuCheck(), CheckStatus.Warning, "veth12ab has an MTU of 1500 bytes, but the uplink eth0 only 1400 (a VPN?): large transfers may hang", "podman restart");
    }

    [Fact]
    public async Task Without_bridge_or_default_route_there_is_no_mtu_to_compare()
    {
        _machine.Routes.RemoveAt(0);
        await _machine.ExpectAsync(new MtuCheck(), CheckStatus.Pass, "not checked: there is no default route");

        _machine.Links.RemoveAt(1);
        await _machine.ExpectAsync(new MtuCheck(), CheckStatus.Pass, "not checked: flatnet-br0 does not exist yet");
    }
}
