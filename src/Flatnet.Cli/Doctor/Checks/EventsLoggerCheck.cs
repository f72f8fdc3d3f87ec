using Flatnet.Podman;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether Podman tells what happens to containers, which every live view lives on.</summary>
internal sealed class EventsLoggerCheck : ICheck
{
    public string Category => "Logs";

    public string Name => "Events logger";

    public async Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation)
    {
        try
        {
            string logger = (await context.InfoAsync(cancellation)).EventLogger;
            return logger == "none"
                ? CheckResult.Warning(
                    "Podman keeps no events: flatnet ps --watch and flatnet logs --restarts notice changes late",
                    "Write events_logger = \"file\" (or \"journald\") under [engine] in /etc/containers/containers.conf")
                : CheckResult.Pass($"Podman keeps events in \"{logger}\"");
        }
        catch (EngineException error)
        {
            return CheckResult.Pass($"not checked: {error.Message}");
        }
    }
}
