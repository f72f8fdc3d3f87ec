using Flatnet.Cli.Configuration;
using Flatnet.Cli.Status;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether the gateway answers at all.</summary>
internal sealed class GatewayHttpCheck : ICheck
{
    public string Category => "Gateway";

    public string Name => "HTTP responding";

    public async Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation)
    {
        Uri url = context.Gateway;
        HttpAnswer answer = await context.Http.GetAsync(url.At("/"), context.Command.Settings.GatewayTimeout, readBody: false, cancellation);
        string place = GatewayText.Of(url);
        return answer switch
        {
            { IsAnswered: false } => CheckResult.Fail($"Gateway {place} does not answer: {answer.Problem}", GatewayText.HowToStart(url)),
            { IsSuccess: true } or { StatusCode: 404 } => CheckResult.Pass($"Gateway {place} answers"),
            _ => CheckResult.Warning($"Gateway {place} answers with HTTP {answer.StatusCode}", "See its error log: flatnet logs gateway --tail 50"),
        };
    }
}
