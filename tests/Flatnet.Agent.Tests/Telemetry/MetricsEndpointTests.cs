using System.Net;
using System.Net.Sockets;
using Flatnet.Agent.Telemetry;
using Flatnet.Logs;

namespace Flatnet.Agent.Tests.Telemetry;

public sealed class MetricsEndpointTests
{
    [Fact]
    public async Task Pages_are_served_and_everything_else_is_refused()
    {
        await using var endpoint = new MetricsEndpoint(0, static path => path == "/metrics" ? new MetricsPage(200, PrometheusText.ContentType, "a 1\n") : null);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{endpoint.Port}") };

        Assert.Equal("a 1\n", await client.GetStringAsync("/metrics?x=1"));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await client.PostAsync("/metrics", null)).StatusCode);
    }

    [Fact]
    public async Task Those_who_only_connect_do_not_keep_others_out_for_long()
    {
        await using var endpoint = new MetricsEndpoint(0, static _ => new MetricsPage(200, MetricsPage.PlainText, "ok"));
        var idle = new List<TcpClient>();
        for (int i = 0; i < 20; i++)
        {
            var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, endpoint.Port);
            idle.Add(client);
        }

        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        Assert.Equal("ok", await http.GetStringAsync($"http://127.0.0.1:{endpoint.Port}/"));
        idle.ForEach(static client => client.Dispose());
    }

    [Fact]
    public void What_was_counted_is_written_as_prometheus_reads_it()
    {
        var metrics = new AgentMetrics();
        metrics.CountLine(LogSource.Stderr, LogLevel.Warn);
        metrics.CountLine(LogSource.Stderr, LogLevel.Warn);
        metrics.CountDropped(3);
        metrics.CountError(AgentError.Api);
        metrics.Connected();
        metrics.ObserveLatency(LogSource.Stdout, TimeSpan.FromMilliseconds(20));
        metrics.ObserveLatency(LogSource.Stdout, TimeSpan.FromMinutes(1));
        string[] lines = PrometheusText.Write(metrics, ["logCount", "latency", "errorRate"]).Split('\n');

        Assert.Contains("keruta_logs_total{source=\"stderr\",level=\"WARN\"} 2", lines);
        Assert.Contains("keruta_lines_dropped_total 3", lines);
        Assert.Contains("keruta_errors_total{type=\"api\"} 1", lines);
        Assert.Contains("keruta_ws_connected 1", lines);
        Assert.Contains("keruta_log_latency_seconds_bucket{source=\"stdout\",le=\"0.01\"} 0", lines);
        Assert.Contains("keruta_log_latency_seconds_bucket{source=\"stdout\",le=\"0.025\"} 1", lines);
        Assert.Contains("keruta_log_latency_seconds_bucket{source=\"stdout\",le=\"+Inf\"} 2", lines);
        Assert.Contains("keruta_log_latency_seconds_sum{source=\"stdout\"} 60.02", lines);
        Assert.DoesNotContain(lines, static line => line.Contains("keruta_buffer_size", StringComparison.Ordinal));
    }
}
