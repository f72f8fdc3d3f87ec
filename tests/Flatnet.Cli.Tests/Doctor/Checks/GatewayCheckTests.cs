using Flatnet.Cli.Doctor;
using Flatnet.Cli.Doctor.Checks;

namespace Flatnet.Cli.Tests.Doctor.Checks;

public sealed class GatewayCheckTests : IDisposable
{
    private readonly DoctorFixture _machine = new();
    private readonly TestServer _server = new();

    public GatewayCheckTests() => _machine.Settings = _machine.Settings with { GatewayUrl = _server.Url, GatewayTimeout = TimeSpan.FromSeconds(20) };

    private string Place => $"127.0.0.1:{_server.Url.Port}";

    public void Dispose()
    {
        _server.Dispose();
        _machine.Dispose();
    }

    [Theory]
    [InlineData(200, nameof(CheckStatus.Pass), "answers")]
    [InlineData(404, nameof(CheckStatus.Pass), "answers")]
    [InlineData(500, nameof(CheckStatus.Warning), "answers with HTTP 500")]
    [InlineData(302, nameof(CheckStatus.Warning), "answers with HTTP 302")]
    public async Task Http_takes_any_success_and_404(int status, string expected, string message)
    {
        _server.On("/", status);

        await _machine.ExpectAsync(new GatewayHttpCheck(), expected, $"Gateway {Place} {message}", "flatnet logs gateway");
    }

    [Fact]
    public async Task Http_fails_when_nothing_listens()
    {
        Uri nobody = TestServer.Nobody();
        _machine.Settings = _machine.Settings with { GatewayUrl = nobody };

        await _machine.ExpectAsync(
            new GatewayHttpCheck(), CheckStatus.Fail, $"Gateway 127.0.0.1:{nobody.Port} does not answer: connection refused", $"curl -sv http://127.0.0.1:{nobody.Port}/");
    }

    [Fact]
    public async Task Http_fails_when_no_answer_comes_in_time()
    {
        _server.IsSilent = true;
        _machine.Settings = _machine.Settings with { GatewayTimeout = TimeSpan.FromMilliseconds(50) };

        await _machine.ExpectAsync(new GatewayHttpCheck(), CheckStatus.Fail, $"Gateway {Place} does not answer: timeout", "FLATNET_GATEWAY_URL");
    }

    [Theory]
    [InlineData(200, """{ "status": "running" }""", nameof(CheckStatus.Pass), "says \"running\"")]
    [InlineData(200, """{ "status": "draining" }""", nameof(CheckStatus.Warning), "says \"draining\"")]
    [InlineData(200, "<html>", nameof(CheckStatus.Warning), "does not say how the gateway is")]
    [InlineData(503, "", nameof(CheckStatus.Fail), "cannot be read: HTTP 503")]
    public async Task Api_must_say_that_it_runs(int status, string body, string expected, string message)
    {
        _server.On("/api/status", status, body);

        await _machine.ExpectAsync(new GatewayApiCheck(), expected, $"{_server.Url}api/status {message}", "curl");
    }

    [Fact]
    public async Task Metrics_are_a_warning_at_most()
    {
        var check = new GatewayMetricsCheck(_server.Url.Port);
        await _machine.ExpectAsync(check, CheckStatus.Warning, $"{_server.Url}metrics cannot be read: HTTP 404", "curl -sv");

        _server.On("/metrics", 200);
        await _machine.ExpectAsync(check, CheckStatus.Pass, $"{_server.Url}metrics answers");

        int nobody = TestServer.Nobody().Port;
        await _machine.ExpectAsync(
            new GatewayMetricsCheck(nobody), CheckStatus.Warning, $"http://127.0.0.1:{nobody}/metrics cannot be read: connection refused", "firewall");
    }

    [Fact]
    public async Task Windows_is_only_asked_about_on_wsl()
    {
        _machine.Settings = _machine.Settings with { GatewayUrl = TestServer.Nobody() };

        await _machine.ExpectAsync(new WindowsReachableCheck(), CheckStatus.Pass, "not WSL");
    }

    [Fact]
    public async Task Windows_is_reached_with_any_answer()
    {
        _machine.OnWsl();
        _server.On("/", 500);

        await _machine.ExpectAsync(new WindowsReachableCheck(), CheckStatus.Pass, $"Windows answers at {Place}");
    }

    [Fact]
    public async Task Windows_that_does_not_answer_is_a_failure()
    {
        Uri nobody = TestServer.Nobody();
        _machine.OnWsl().Settings = _machine.Settings with { GatewayUrl = nobody };

        await _machine.ExpectAsync(
            new WindowsReachableCheck(), CheckStatus.Fail, $"Windows cannot be reached at 127.0.0.1:{nobody.Port}: connection refused", "New-NetFirewallRule");
    }

    [Theory]
    [InlineData(0, nameof(CheckStatus.Pass), "this clock is 0 s behind that of the gateway")]
    [InlineData(4, nameof(CheckStatus.Pass), "this clock is 4 s ahead of that of the gateway")]
    [InlineData(60, nameof(CheckStatus.Warning), "this clock is 60 s ahead of that of the gateway; log lines get wrong times, and Loki rejects those more than 10 minutes in the future")]
    [InlineData(-60, nameof(CheckStatus.Warning), "this clock is 60 s behind that of the gateway; log lines get wrong times, and Loki rejects those more than 10 minutes in the future")]
    public async Task Clocks_may_differ_by_five_seconds(int ahead, string expected, string message)
    {
        var now = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
        _machine.Root.Context = _machine.Root.Context with { Time = new FixedTime(now) };
        _machine.Settings = _machine.Settings with { LokiUrl = TestServer.Nobody() };
        _server.Date = now.AddSeconds(-ahead);

        await _machine.ExpectAsync(new ClockSkewCheck(), expected, message, "systemd-timesyncd");
    }

    [Fact]
    public async Task The_clock_that_differs_most_counts()
    {
        var now = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
        using var loki = new TestServer { Date = now.AddMinutes(-20) };
        _server.Date = now;
        _machine.OnWsl();
        _machine.Root.Context = _machine.Root.Context with { Time = new FixedTime(now) };
        _machine.Settings = _machine.Settings with { LokiUrl = loki.Url };

        CheckResult result = await _machine.RunAsync(new ClockSkewCheck());

        Assert.StartsWith("this clock is 1200 s ahead of that of Loki", result.Message, StringComparison.Ordinal);
        Assert.Equal("sudo hwclock --hctosys", result.Suggestion);
    }

    [Fact]
    public async Task Without_any_other_clock_there_is_nothing_to_compare()
    {
        _machine.Settings = _machine.Settings with { GatewayUrl = TestServer.Nobody(), LokiUrl = TestServer.Nobody() };

        await _machine.ExpectAsync(new ClockSkewCheck(), CheckStatus.Pass, "not checked: neither the gateway nor Loki tells the time");
    }
}
