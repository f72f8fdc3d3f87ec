using System.Text.Json;
using Flatnet.Cli.Configuration;
using Flatnet.Cli.Status;
using Flatnet.Cli.Terminal;
using Flatnet.Cli.Tests.Doctor;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Status;

public sealed class StatusWatchTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(1);

    private readonly DoctorFixture _machine = new();
    private readonly HttpProbe _http = new();
    private readonly CancellationTokenSource _ctrlC = new();
    private int _looks;

    public StatusWatchTests()
    {
        Uri nobody = TestServer.Nobody();
        _machine.Settings = new Settings { GatewayUrl = nobody, PrometheusUrl = nobody, GrafanaUrl = nobody, LokiUrl = nobody };
    }

    public void Dispose()
    {
        _ctrlC.Dispose();
        _http.Dispose();
        _machine.Dispose();
    }

    [Fact]
    public async Task A_terminal_is_cleared_before_each_look()
    {
        _machine.Root.Context = _machine.Root.Context with { Terminal = new TerminalInfo(true, true, false, 80, 24) };

        string[] screens = (await WatchAsync(json: false)).Split("\e[H\e[2J");

        Assert.Equal(3, screens.Length);
        Assert.Equal("", screens[0]);
        Assert.All(screens[1..], screen => Assert.EndsWith("╯\n\nRefreshing every 0.001s. Press Ctrl+C to exit.\n", screen, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Elsewhere_an_empty_line_separates_the_looks()
    {
        string output = await WatchAsync(json: false);

        Assert.DoesNotContain('\e', output);
        Assert.DoesNotContain("Refreshing", output, StringComparison.Ordinal);
        Assert.Equal(2, output.Split("╯\n\n╭").Length);
    }

    [Fact]
    public async Task Json_has_one_document_per_line()
    {
        string[] lines = (await WatchAsync(json: true)).TrimEnd('\n').Split('\n');

        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.Equal("Stopped", JsonDocument.Parse(line).RootElement.GetProperty("components")[0].GetProperty("status").GetString()));
    }

    // Ctrl-C comes when the third look begins.
    private async Task<string> WatchAsync(bool json)
    {
        var reader = new StatusReader(_machine.Root.Context, _http, limit =>
        {
            if (++_looks == 3)
            {
                _ctrlC.Cancel();
            }

            limit.ThrowIfCancellationRequested();
            return Task.FromResult<IContainerEngine>(_machine.Engine);
        });
        await new StatusWatch(_machine.Root.Context, reader, Interval, json).RunAsync(_ctrlC.Token);
        return _machine.Root.Out.ToString();
    }
}
