using Flatnet.Cli.Status;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether Prometheus can read the gateway's numbers.</summary>
internal sealed class GatewayMetricsCheck(int port = 9145) : ICheck
{
    public string Category => "Gateway";

    public string Name => "Metrics endpoint";

    public async Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation)
    {
        Uri url = new UriBuilder(Uri.UriSchemeHttp, context.Gateway.Host, port, "/metrics").Uri;
        HttpAnswer answer = await context.Http.GetAsync(url, context.Command.Settings.GatewayTimeout, readBody: false, cancellation);
        string why = answer.IsAnswered ? $"HTTP {answer.StatusCode}" : answer.Problem;
        return answer.IsSuccess
            ? CheckResult.Pass($"{url} answers")
            : CheckResult.Warning($"{url} cannot be read: {why}", $"Let the gateway serve metrics on port {port} and open that port in its firewall; look again: curl -sv {url}");
    }
}
