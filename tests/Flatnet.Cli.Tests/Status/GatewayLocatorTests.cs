using Flatnet.Cli.Configuration;
using Flatnet.Cli.Status;
using Flatnet.Cli.Tests.Doctor;

namespace Flatnet.Cli.Tests.Status;

public sealed class GatewayLocatorTests : IDisposable
{
    private const string Header = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";

    private readonly DoctorFixture _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_configured_gateway_is_not_looked_for()
    {
        _machine.OnWsl().Settings = new Settings { GatewayUrl = new Uri("http://gate:1") };

        await ExpectAsync("http://gate:1/");
    }

    [Fact]
    public async Task Outside_WSL_it_is_on_this_machine()
    {
        await ExpectAsync("http://localhost:8080/");
    }

    [Fact]
    public async Task Behind_WSLs_NAT_it_is_the_default_router()
    {
        _machine.OnWsl().Root.Write("/proc/net/route", Header + "eth0\t00000000\t0120C0AC\t0003\t0\t0\t0\t00000000\t0\t0\t0\neth0\t0020C0AC\t00000000\t0001\t0\t0\t0\t00F0FFFF\t0\t0\t0\n");

        await ExpectAsync("http://172.192.32.1:8080/");
    }

    [Fact]
    public async Task Without_a_default_route_it_is_the_first_IPv4_nameserver()
    {
        _machine.OnWsl().Root.Write("/proc/net/route", Header).Write("/etc/resolv.conf", "nameserver fe80::1\nnameserver 172.20.0.1\nnameserver 1.1.1.1\n");

        await ExpectAsync("http://172.20.0.1:8080/");
    }

    [Fact]
    public async Task Mirrored_Windows_is_this_machine()
    {
        _machine.OnWsl("mirrored").Root.Write("/proc/net/route", Header + "eth0\t00000000\t0120C0AC\t0003\t0\t0\t0\t00000000\t0\t0\t0\n");

        await ExpectAsync("http://127.0.0.1:8080/");
    }

    private async Task ExpectAsync(string url) =>
        Assert.Equal(url, (await GatewayLocator.FindAsync(_machine.Root.Context, _machine.Processes, default)).ToString());
}
