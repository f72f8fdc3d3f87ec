using Flatnet.Cli.Configuration;
using Flatnet.Cli.Doctor;
using Flatnet.Cli.Doctor.Checks;
using Flatnet.Loki;

namespace Flatnet.Cli.Tests.Doctor.Checks;

public sealed class MonitoringCheckTests : IDisposable
{
    private readonly DoctorFixture _machine = new();
    private readonly TestServer _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _machine.Dispose();
    }

    [Theory]
    [InlineData("Prometheus", "/-/healthy")]
    [InlineData("Grafana", "/api/health")]
    [InlineData("Loki", "/ready")]
    public async Task Each_program_is_asked_where_it_tells_about_its_health(string program, string path)
    {
        _machine.Settings = _machine.Settings with { PrometheusUrl = _server.Url, GrafanaUrl = _server.Url, LokiUrl = _server.Url };
        ICheck check = CheckList.All.Single(check => check.Name == $"{program} running");
        _server.On(path, 200);

        await _machine.ExpectAsync(check, CheckStatus.Pass, $"http://127.0.0.1:{_server.Url.Port}{path} answers");

        _server.On(path, 503);
        await _machine.ExpectAsync(check, CheckStatus.Warning, $"http://127.0.0.1:{_server.Url.Port}{path} answers with HTTP 503", "flatnet logs flatnet-");
    }

    [Fact]
    public async Task A_program_that_does_not_run_is_a_warning()
    {
        Uri nobody = TestServer.Nobody();
        _machine.Settings = _machine.Settings with { GrafanaUrl = nobody };

        await _machine.ExpectAsync(
            CheckList.All.Single(check => check.Name == "Grafana running"),
            CheckStatus.Warning,
            $"http://127.0.0.1:{nobody.Port}/api/health does not answer: connection refused",
            "podman start flatnet-grafana");
    }

    [Fact]
    public async Task Logs_are_fresh_for_a_quarter_of_an_hour()
    {
        DateTimeOffset now = DateTimeOffset.UnixEpoch.AddYears(56);
        _machine.Root.Context = _machine.Root.Context with { Time = new FixedTime(now) };
        foreach (LogComponent component in _machine.Settings.Components.Values)
        {
            _machine.Logs.Lines[component.Selector] = now.AddMinutes(-14);
        }

        await _machine.ExpectAsync(new LogFreshnessCheck(), CheckStatus.Pass, "Loki has a line of the last 15 minutes from every component");

        _machine.Logs.Lines["{job=\"gateway\"}"] = now.AddMinutes(-16);
        _machine.Logs.Lines.Remove("{job=\"loki\"}");
        await _machine.ExpectAsync(
            new LogFreshnessCheck(), CheckStatus.Warning, "Loki has no line of the last 15 minutes from: gateway, loki", "flatnet logs gateway --provider file");
    }

    [Theory]
    [InlineData(LokiFailure.Unavailable, nameof(CheckStatus.Pass), "not checked: no answer")]
    [InlineData(LokiFailure.Unauthorized, nameof(CheckStatus.Warning), "Loki refuses to be asked: no answer")]
    public async Task A_loki_that_does_not_run_is_another_checks_finding(LokiFailure failure, string status, string message)
    {
        _machine.Logs.Failure = new LokiException(failure, "no answer");

        await _machine.ExpectAsync(new LogFreshnessCheck(), status, message, "FLATNET_LOKI_TOKEN");
    }
}
