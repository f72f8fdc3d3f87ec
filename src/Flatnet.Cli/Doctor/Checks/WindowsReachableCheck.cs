using Flatnet.Cli.Status;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether Windows can be reached from WSL2: any answer of the gateway will do.</summary>
internal sealed class WindowsReachableCheck : ICheck
{
    public string Category => "Network";

    public string Name => "WSL2 to Windows";

    public async Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation)
    {
        if (!context.IsWsl)
        {
            return CheckResult.Pass("not WSL");
        }

        Uri url = context.Gateway;
        HttpAnswer answer = await context.Http.GetAsync(url, context.Command.Settings.GatewayTimeout, readBody: false, cancellation);
        return answer.IsAnswered
            ? CheckResult.Pass($"Windows answers at {GatewayText.Of(url)}")
            : CheckResult.Fail(
                $"Windows cannot be reached at {GatewayText.Of(url)}: {answer.Problem}",
                $"Let it through the firewall, in an administrator's PowerShell: New-NetFirewallRule -DisplayName Flatnet-Gateway -Direction Inbound -Protocol TCP -LocalPort {url.Port} -Action Allow");
    }
}
