using Flatnet.Cli.Doctor.Probes;
using Flatnet.Cli.Gateway;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>How WSL2 is connected: only behind its NAT can Windows route to containers.</summary>
internal sealed class WslNetworkingCheck : ICheck
{
    private const string UseNat = "Write networkingMode=nat under [wsl2] in %UserProfile%\\.wslconfig, then in Windows: wsl --shutdown";

    public string Category => "WSL";

    public string Name => "Networking mode";

    public async Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation) => context.IsWsl
        ? await Wsl.NetworkingModeAsync(context.Processes, cancellation) switch
        {
            "nat" => CheckResult.Pass("nat"),
            "mirrored" => Mirrored(context),
            "none" => CheckResult.Fail("WSL has no network (networkingMode=none)", UseNat),
            null => CheckResult.Warning("wslinfo does not tell the networking mode", "Bring WSL up to date, in Windows: wsl --update"),
            { } other => CheckResult.Warning($"networking mode {other} is not supported: Windows cannot reach container addresses", UseNat),
        }
        : CheckResult.Pass("not WSL");

    private static CheckResult Mirrored(DoctorContext context)
    {
        const string Cause = "networking mode mirrored: Windows cannot route to container addresses, and a route there would be mirrored back into Linux";
        string place = WslConfig.ReadAll(context.Command)
            .Any(config => config.Value("wsl2", "hostAddressLoopback") is not null && config.Value("experimental", "hostAddressLoopback") is null)
            ? "; hostAddressLoopback is under [wsl2] in .wslconfig, where it has no effect: it belongs under [experimental]"
            : "";
        return CheckResult.Warning(Cause + place, $"Add no route in Windows, and let the gateway ask 127.0.0.1; or: {UseNat}");
    }
}
