using Flatnet.Cli.Configuration;
using Flatnet.Cli.Status;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether the gateway's own interface says that it is well.</summary>
internal sealed class GatewayApiCheck : ICheck
{
    public string Category => "Gateway";

    public string Name => "API available";

    public async Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation)
    {
        Uri url = context.Gateway.At("/api/status");
        HttpAnswer answer = await context.Http.GetAsync(url, context.Command.Settings.GatewayTimeout, readBody: true, cancellation);
        if (!answer.IsSuccess)
        {
            string why = answer.IsAnswered ? $"HTTP {answer.StatusCode}" : answer.Problem;
            return CheckResult.Fail($"{url} cannot be read: {why}", GatewayText.HowToStart(url));
        }

        return GatewayReply.Read(answer.Body)?.Status switch
        {
            "running" => CheckResult.Pass($"{url} says \"running\""),
            { } other => CheckResult.Warning($"{url} says \"{other}\"", $"See what it reports: curl -s {url} | jq ."),
            null => CheckResult.Warning($"{url} does not say how the gateway is", $"Another program may use this port; see what it answers: curl -s {url}"),
        };
    }
}
