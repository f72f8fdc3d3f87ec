using System.Collections.Immutable;
using Flatnet.Cli.Configuration;
using Flatnet.Cli.Gateway;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Networks;
using Flatnet.Podman;

namespace Flatnet.Cli.Status;

/// <summary>Asks all components at once.</summary>
/// <param name="context">The command's surroundings.</param>
/// <param name="http">Asks over HTTP.</param>
/// <param name="connect">Finds Podman.</param>
internal sealed class StatusReader(
    CommandContext context, HttpProbe http, Func<CancellationToken, Task<IContainerEngine>> connect)
{
    private const string DefaultSubnet = "10.87.1.0/24";

    private static readonly TimeSpan MonitoringTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan EngineTimeout = TimeSpan.FromSeconds(5);

    public async Task<StatusReport> ReadAsync(CancellationToken cancellation)
    {
        Uri gateway = GatewayAddress.Find(context);
        Task<HttpAnswer> answer = http.GetAsync(gateway.At("/api/status"), context.Settings.GatewayTimeout, readBody: true, cancellation);
        Task<ComponentStatus>[] monitoring =
        [
            MonitorAsync("Prometheus", context.Settings.PrometheusUrl, "/-/healthy", cancellation),
            MonitorAsync("Grafana", context.Settings.GrafanaUrl, "/api/health", cancellation),
            MonitorAsync("Loki", context.Settings.LokiUrl, "/ready", cancellation),
        ];
        Task<int> containers = CountContainersAsync(cancellation);

        GatewayReply? reply = await answer is { IsSuccess: true } success ? GatewayReply.Read(success.Body) : null;
        ImmutableArray<ComponentStatus>.Builder rows = ImmutableArray.CreateBuilder<ComponentStatus>();
        rows.Add(Gateway(gateway, await answer, reply));
        rows.Add(Plugin(reply));
        if (reply?.HealthcheckEnabled is { } enabled)
        {
            rows.Add(new("Healthcheck", enabled ? ComponentState.Running : ComponentState.Disabled, $"{reply.Healthy} healthy, {reply.Unhealthy} unhealthy"));
        }

        rows.AddRange(await Task.WhenAll(monitoring));
        if (reply?.NebulaConnected is { } connected)
        {
            rows.Add(new("Nebula", connected ? ComponentState.Connected : ComponentState.Stopped, $"{reply.NebulaPeers} peers"));
        }

        return new StatusReport(rows.ToImmutable(), await containers, reply?.Uptime, gateway);
    }

    private static ComponentStatus Gateway(Uri url, HttpAnswer answer, GatewayReply? reply)
    {
        string place = $"{url.Host}:{url.Port}";
        (ComponentState state, string note) = answer.Outcome switch
        {
            HttpOutcome.Refused => (ComponentState.Stopped, " (connection refused)"),
            HttpOutcome.Timeout => (ComponentState.Timeout, " (timeout)"),
            HttpOutcome.Failed => (ComponentState.Error, $" ({answer.Problem})"),
            _ when !answer.IsSuccess => (ComponentState.Error, $" (HTTP {answer.StatusCode})"),
            _ when reply is null => (ComponentState.Error, " (unreadable answer)"),
            _ when reply.Status is null or "running" => (ComponentState.Running, ""),
            _ => (ComponentState.Warning, $" ({reply!.Status})"),
        };
        return new ComponentStatus("Gateway", state, place + note);
    }

    private ComponentStatus Plugin(GatewayReply? reply)
    {
        if (reply is null)
        {
            return new ComponentStatus("CNI Plugin", ComponentState.Unknown, "Gateway unavailable");
        }

        InstalledNetwork? network = ConflistReader.Read(context).Find(context.Settings.Network);
        string subnet = network is { Subnets: [var first, ..] } ? first.ToString() : DefaultSubnet;
        return new ComponentStatus("CNI Plugin", ComponentState.Ready, $"{subnet} ({reply.Registered} IPs)");
    }

    private async Task<ComponentStatus> MonitorAsync(string name, Uri url, string path, CancellationToken cancellation)
    {
        HttpAnswer answer = await http.GetAsync(url.At(path), MonitoringTimeout, readBody: false, cancellation);
        return answer switch
        {
            { IsSuccess: true } => new ComponentStatus(name, ComponentState.Running, $":{url.Port}"),
            { IsAnswered: true } => new ComponentStatus(name, ComponentState.Warning, $":{url.Port} (HTTP {answer.StatusCode})"),
            _ => new ComponentStatus(name, ComponentState.Stopped, $":{url.Port}"),
        };
    }

    // Without Podman the rest is still worth showing; `flatnet doctor` says what is wrong with it.
    private async Task<int> CountContainersAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(EngineTimeout);
        try
        {
            await using IContainerEngine engine = await connect(limit.Token);
            return (await engine.ListAsync(new ListOptions { Addresses = false }, limit.Token)).Length;
        }
        catch (EngineException)
        {
            return 0;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return 0;
        }
    }
}
