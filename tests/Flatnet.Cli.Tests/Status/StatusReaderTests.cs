using Flatnet.Cli.Configuration;
using Flatnet.Cli.Status;
using Flatnet.Cli.Tests.Doctor;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Status;

public sealed class StatusReaderTests : IDisposable
{
    private const string RealReply = """
        {
          "status": "running", "service": "flatnet-gateway-api", "stage": "4",
          "registry": { "count": 3, "shared_dict_name": "x", "free_space": 1, "capacity": 2 }, "sync": {}, "escalation": {}, "routing": {},
          "healthcheck": { "enabled": true, "worker_started": true, "active_p2p_count": 2, "active_ips": {}, "failure_counts": { "10.87.1.9": 3 } }
        }
        """;

    private const string DocumentedReply = """
        {
          "status": "running", "uptime": "5 days", "registry": { "total_count": 3 },
          "healthcheck": { "enabled": true, "healthy_count": 2, "unhealthy_count": 1 },
          "nebula": { "connected": true, "peers": ["a", "b"] }
        }
        """;

    private readonly DoctorFixture _machine = new();
    private readonly TestServer _server = new();
    private readonly HttpProbe _http = new();

    public StatusReaderTests()
    {
        _server.On("/-/healthy", 200).On("/api/health", 200).On("/ready", 200).On("/api/status", 200, RealReply);
        _machine.Settings = new Settings { GatewayUrl = _server.Url, PrometheusUrl = _server.Url, GrafanaUrl = _server.Url, LokiUrl = _server.Url };
    }

    private int Port => _server.Url.Port;

    public void Dispose()
    {
        _http.Dispose();
        _server.Dispose();
        _machine.Dispose();
    }

    [Fact]
    public async Task All_components_run()
    {
        _machine.Engine.Add("web").Add("db");

        StatusReport report = await ReadAsync();

        Assert.Equal(
            [
                $"Gateway Running 127.0.0.1:{Port}",
                "CNI Plugin Ready 10.87.1.0/24 (3 IPs)",
                "Healthcheck Running 2 healthy, 1 unhealthy",
                $"Prometheus Running :{Port}",
                $"Grafana Running :{Port}",
                $"Loki Running :{Port}",
            ],
            Rows(report));
        Assert.Equal((2, null, true), (report.Containers, report.Uptime, report.IsGatewayRunning));
    }

    [Fact]
    public async Task The_reply_as_documented_is_read_too()
    {
        _server.On("/api/status", 200, DocumentedReply);

        StatusReport report = await ReadAsync();

        Assert.Equal("CNI Plugin Ready 10.87.1.0/24 (3 IPs)", Rows(report)[1]);
        Assert.Equal("Healthcheck Running 2 healthy, 1 unhealthy", Rows(report)[2]);
        Assert.Equal("Nebula Connected 2 peers", Rows(report)[^1]);
        Assert.Equal("5 days", report.Uptime);
    }

    [Theory]
    [InlineData("""{ "registry": {}, "healthcheck": { "enabled": false, "failure_counts": [] } }""", "Healthcheck Disabled 0 healthy, 0 unhealthy")]
    [InlineData("""{ "nebula": { "connected": false, "peers": 0 } }""", "Nebula Stopped 0 peers")]
    public async Task What_is_off_is_shown_as_off(string reply, string row)
    {
        _server.On("/api/status", 200, reply);

        Assert.Contains(row, Rows(await ReadAsync()));
    }

    [Fact]
    public async Task A_healthcheck_that_is_not_reported_has_no_row()
    {
        _server.On("/api/status", 200, """{ "status": "running" }""");

        Assert.Equal(["Gateway", "CNI Plugin", "Prometheus", "Grafana", "Loki"], (await ReadAsync()).Components.Select(row => row.Name));
    }

    [Fact]
    public async Task The_subnet_is_the_networks_own()
    {
        _machine.Root.Write("/etc/cni/net.d/flatnet.conflist", DoctorFixture.Conflist.Replace("10.87.1.0/24", "10.99.0.0/16", StringComparison.Ordinal));

        Assert.Equal("CNI Plugin Ready 10.99.0.0/16 (3 IPs)", Rows(await ReadAsync())[1]);
    }

    [Theory]
    [InlineData(500, "", "Error", " (HTTP 500)")]
    [InlineData(200, "<html>", "Error", " (unreadable answer)")]
    [InlineData(200, "[]", "Error", " (unreadable answer)")]
    [InlineData(200, """{ "status": "draining" }""", "Warning", " (draining)")]
    public async Task A_gateway_that_is_not_well_does_not_run(int status, string body, string state, string note)
    {
        _server.On("/api/status", status, body);

        StatusReport report = await ReadAsync();

        Assert.Equal($"Gateway {state} 127.0.0.1:{Port}{note}", Rows(report)[0]);
        Assert.False(report.IsGatewayRunning);
    }

    [Fact]
    public async Task A_stopped_gateway_leaves_the_plugin_unknown()
    {
        Uri nobody = TestServer.Nobody();
        _machine.Settings = _machine.Settings with { GatewayUrl = nobody };

        StatusReport report = await ReadAsync();

        Assert.Equal($"Gateway Stopped 127.0.0.1:{nobody.Port} (connection refused)", Rows(report)[0]);
        Assert.Equal("CNI Plugin Unknown Gateway unavailable", Rows(report)[1]);
        Assert.Equal($"Prometheus Running :{Port}", Rows(report)[2]);
    }

    [Fact]
    public async Task A_silent_gateway_is_given_up_on()
    {
        _server.IsSilent = true;
        _machine.Settings = _machine.Settings with { GatewayTimeout = TimeSpan.FromMilliseconds(50), PrometheusUrl = TestServer.Nobody() };

        StatusReport report = await ReadAsync();

        Assert.Equal($"Gateway Timeout 127.0.0.1:{Port} (timeout)", Rows(report)[0]);
        Assert.Equal(ComponentState.Stopped, report.Components[2].State);
        Assert.Equal(ComponentState.Stopped, report.Components[3].State);
    }

    [Fact]
    public async Task Monitoring_that_answers_with_an_error_is_a_warning()
    {
        _server.On("/ready", 503);

        Assert.Equal($"Loki Warning :{Port} (HTTP 503)", Rows(await ReadAsync())[^1]);
    }

    [Fact]
    public async Task Without_Podman_there_are_no_containers_to_count()
    {
        _machine.EngineFailure = new EngineException(EngineFailure.Absent, "no Podman", "");

        Assert.Equal(0, (await ReadAsync()).Containers);
    }

    private static string[] Rows(StatusReport report) => [.. report.Components.Select(row => $"{row.Name} {row.State} {row.Details}")];

    private async Task<StatusReport> ReadAsync()
    {
        var reader = new StatusReader(
            _machine.Root.Context,
            _http,
            _ => _machine.EngineFailure is { } error ? Task.FromException<IContainerEngine>(error) : Task.FromResult<IContainerEngine>(_machine.Engine));
        return await reader.ReadAsync(default);
    }
}
