using Flatnet.Cli.Configuration;
using Flatnet.Cli.Status;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether one of the monitoring programs is well.</summary>
/// <param name="program">Its name.</param>
/// <param name="path">Where it tells about its health.</param>
/// <param name="urlOf">Its address.</param>
internal sealed class MonitoringCheck(string program, string path, Func<Settings, Uri> urlOf) : ICheck
{
    // As in `flatnet status`: these run on this machine.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public string Category => "Monitoring";

    public string Name => $"{program} running";

    public async Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation)
    {
        Uri url = urlOf(context.Command.Settings).At(path);
        HttpAnswer answer = await context.Http.GetAsync(url, Timeout, readBody: false, cancellation);
        string container = $"flatnet-{program.ToLowerInvariant()}";
        return answer switch
        {
            { IsSuccess: true } => CheckResult.Pass($"{url} answers"),
            { IsAnswered: true } => CheckResult.Warning($"{url} answers with HTTP {answer.StatusCode}", $"See its log: flatnet logs {container} --tail 50"),
            _ => CheckResult.Warning($"{url} does not answer: {answer.Problem}", $"Start it: podman start {container}"),
        };
    }
}
