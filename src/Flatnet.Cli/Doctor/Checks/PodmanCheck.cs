using Flatnet.Podman;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether Podman can be asked, and is new enough.</summary>
internal sealed class PodmanCheck : ICheck
{
    private static readonly Version Oldest = new(4, 0);

    public string Category => "Podman";

    public string Name => "Podman reachable";

    public async Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation)
    {
        try
        {
            IContainerEngine engine = await context.EngineAsync(cancellation);
            string version = (await engine.GetVersionAsync(cancellation)).Podman;
            return Version.TryParse(version.Split('-')[0], out Version? number) && number < Oldest
                ? CheckResult.Warning($"Podman {version} is older than {Oldest}", "sudo apt install podman (of Debian 12, Ubuntu 24.04 or newer)")
                : CheckResult.Pass($"Podman {version} by {engine.Description}");
        }
        catch (EngineException error)
        {
            return CheckResult.Fail(error.Message, error.Advice.Length > 0 ? error.Advice : "Make sure Podman is installed and running.");
        }
    }
}
