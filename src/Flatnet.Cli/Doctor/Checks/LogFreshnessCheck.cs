using Flatnet.Cli.Configuration;
using Flatnet.Loki;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether every component's log still arrives in Loki.</summary>
internal sealed class LogFreshnessCheck : ICheck
{
    private const int Minutes = 15;

    public string Category => "Monitoring";

    public string Name => "Loki receives logs";

    public async Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation)
    {
        DateTimeOffset since = context.Command.Time.GetUtcNow().AddMinutes(-Minutes);
        KeyValuePair<string, LogComponent>[] components = [.. context.Command.Settings.Components.Where(component => component.Value.Selector.Length > 0)];
        bool[] isFresh;
        try
        {
            isFresh = await Task.WhenAll(components.Select(component => context.Logs.HasLineAsync(component.Value.Selector, since, cancellation)));
        }
        catch (LokiException error) when (error.Failure == LokiFailure.Unavailable)
        {
            // That it does not run is another check's finding.
            return CheckResult.Pass($"not checked: {error.Message}");
        }
        catch (LokiException error)
        {
            return CheckResult.Warning(
                $"Loki refuses to be asked: {error.Message}", "Set its tenant and token: export FLATNET_LOKI_TENANT=NAME FLATNET_LOKI_TOKEN=TOKEN");
        }

        string[] silent = [.. components.Where((_, index) => !isFresh[index]).Select(component => component.Key)];
        return silent.Length == 0
            ? CheckResult.Pass($"Loki has a line of the last {Minutes} minutes from every component")
            : CheckResult.Warning(
                $"Loki has no line of the last {Minutes} minutes from: {string.Join(", ", silent)}",
                $"See whether it writes any, and whether its shipper runs: flatnet logs {silent[0]} --provider file --tail 5; podman ps -a --filter name=promtail --filter name=alloy");
    }
}
