using Flatnet.Cli.Doctor;
using Flatnet.Cli.Doctor.Checks;

namespace Flatnet.Cli.Tests.Doctor.Checks;

public sealed class WslCheckTests : IDisposable
{
    private const string NetworkingCause =
        "networking mode mirrored: Windows cannot route to container addresses, and a route there would be mirrored back into Linux";

    private const string IdleCause = "WSL stops when the last terminal closes, and all containers with it: ";
    private const string Config = "/mnt/c/Users/Ayumi/.wslconfig";

    private readonly DoctorFixture _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task On_other_machines_there_is_nothing_to_check()
    {
        await _machine.ExpectAsync(new WslNetworkingCheck(), CheckStatus.Pass, "not WSL");
        await _machine.ExpectAsync(new WslIdleCheck(), CheckStatus.Pass, "not WSL");
    }

    [Theory]
    [InlineData("nat", nameof(CheckStatus.Pass), "nat", "")]
    [InlineData("NAT", nameof(CheckStatus.Pass), "nat", "")]
    [InlineData("mirrored", nameof(CheckStatus.Warning), NetworkingCause, "Add no route in Windows")]
    [InlineData("virtioproxy", nameof(CheckStatus.Warning), "networking mode virtioproxy is not supported: Windows cannot reach container addresses", "networkingMode=nat")]
    [InlineData("none", nameof(CheckStatus.Fail), "WSL has no network (networkingMode=none)", "networkingMode=nat")]
    [InlineData(null, nameof(CheckStatus.Warning), "wslinfo does not tell the networking mode", "wsl --update")]
    public async Task Each_networking_mode_has_its_verdict(string? mode, string expected, string message, string cure)
    {
        _machine.OnWsl(mode);

        await _machine.ExpectAsync(new WslNetworkingCheck(), expected, message, cure);
    }

    [Theory]
    [InlineData("[wsl2]\nhostAddressLoopback=true\n", true)]
    [InlineData("[wsl2]\n[Experimental]\nHostAddressLoopback=true\n", false)]
    [InlineData("[wsl2]\n# hostAddressLoopback=true\n", false)]
    public async Task Mirrored_mode_looks_where_hostAddressLoopback_is(string config, bool isMisplaced)
    {
        _machine.OnWsl("mirrored").Root.Write(Config, config);

        CheckResult result = await _machine.RunAsync(new WslNetworkingCheck());

        Assert.Equal(isMisplaced, result.Message.EndsWith("where it has no effect: it belongs under [experimental]", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[general]\ninstanceIdleTimeout=-1\n[wsl2]\nvmIdleTimeout = -1\r\n", nameof(CheckStatus.Pass), "instanceIdleTimeout and vmIdleTimeout are -1")]
    [InlineData("[wsl2]\nvmIdleTimeout=-1\n", nameof(CheckStatus.Warning), "vmIdleTimeout=-1 alone is not enough: instanceIdleTimeout=-1 is not set")]
    [InlineData("[general]\ninstanceIdleTimeout=-1\n", nameof(CheckStatus.Warning), "vmIdleTimeout=-1 is not set")]
    [InlineData("[wsl2]\nmemory=4GB\n", nameof(CheckStatus.Warning), "neither instanceIdleTimeout nor vmIdleTimeout is -1")]
    [InlineData(null, nameof(CheckStatus.Warning), "no .wslconfig can be seen")]
    public async Task Idle_shutdown_needs_both_settings(string? config, string expected, string message)
    {
        _machine.OnWsl();
        if (config is not null)
        {
            _machine.Root.Write(Config, config);
        }

        await _machine.ExpectAsync(
            new WslIdleCheck(), expected, expected == "Pass" ? message : $"{IdleCause}{message}, and nothing keeps it alive", "wsl --exec sleep infinity");
    }

    [Fact]
    public async Task A_process_that_stays_keeps_it_alive()
    {
        _machine.OnWsl().Root.Write("/proc/77/cmdline", "sleep\0infinity\0");

        await _machine.ExpectAsync(new WslIdleCheck(), CheckStatus.Pass, "a process that stays keeps WSL up (sleep infinity)");
    }
}
