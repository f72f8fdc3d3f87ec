using Flatnet.LogServer.Harness;
using Flatnet.LogServer.Tests.Support;

namespace Flatnet.LogServer.Tests.Security;

/// <summary>Those who open connections to keep others out, against the published server.</summary>
public sealed class RudeClientTests
{
    private const string Upgrade = "GET /ws/tasks/t HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    [Fact]
    public async Task Ten_thousand_half_open_connections_keep_nobody_out()
    {
        // The server's own bound, ten thousand connections; and no time limit that would help it.
        using var directory = new TemporaryDirectory();
        using LogServerProcess server = await LogServerProcess.StartAsync(
            Repository.Server, directory.Make("data"), [.. LogServerProcess.NoLimits, ("FLATNET_SERVER_HEADERS_TIMEOUT", "10m"), ("FLATNET_SERVER_KEEP_ALIVE_TIMEOUT", "10m"), ("FLATNET_SERVER_SHUTDOWN_TIMEOUT", "3s")]);
        using PoliteViewer viewer = await PoliteViewer.StartAsync(server);
        using var rude = new RudeClients(server.Address);
        for (int i = 0; i < 10; i++)
        {
            await rude.ConnectAsync(1000, i % 2 == 0 ? RudeClients.HalfAnUpgrade : "");
            await viewer.AssertServedAsync();
        }

        await rude.ConnectAsync(200, RudeClients.HalfAnUpgrade);
        await viewer.AssertServedAsync();
        await Eventually.TrueAsync(() => rude.Closed >= 200, () => "the first of them make room for the last");
        Assert.True(await server.MetricAsync("flatnet_server_connections_dropped_total") >= 200);
        // They are waited for as long as that is configured, and no longer.
        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task Half_an_upgrade_is_answered_408_in_the_end()
    {
        using var directory = new TemporaryDirectory();
        using LogServerProcess server = await LogServerProcess.StartAsync(Repository.Server, directory.Make("data"), [.. LogServerProcess.NoLimits, ("FLATNET_SERVER_HEADERS_TIMEOUT", "1s")]);
        using PoliteViewer viewer = await PoliteViewer.StartAsync(server);
        using var rude = new RudeClients(server.Address);
        await rude.ConnectAsync(500, RudeClients.HalfAnUpgrade);
        await viewer.AssertServedAsync();
        Assert.All(await rude.AnswersAsync(), answer => Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal));
        await viewer.AssertServedAsync();
    }

    [Fact]
    public async Task Headers_that_trickle_in_are_answered_408()
    {
        using var directory = new TemporaryDirectory();
        using LogServerProcess server = await LogServerProcess.StartAsync(Repository.Server, directory.Make("data"), [.. LogServerProcess.NoLimits, ("FLATNET_SERVER_HEADERS_TIMEOUT", "500ms")]);
        using PoliteViewer viewer = await PoliteViewer.StartAsync(server);
        using var rude = new RudeClients(server.Address);
        string answer = await rude.TrickleAsync(Upgrade.Replace("\r\n\r\n", "\r\nX-Long: " + new string('x', 1000) + "\r\n\r\n", StringComparison.Ordinal), TimeSpan.FromMilliseconds(20));
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        await viewer.AssertServedAsync();
    }

    [Fact]
    public async Task WebSockets_that_show_no_token_are_closed_with_4001_and_more_than_a_thousand_are_answered_503()
    {
        using var directory = new TemporaryDirectory();
        using LogServerProcess server = await LogServerProcess.StartAsync(Repository.Server, directory.Make("data"), [.. LogServerProcess.NoLimits, ("FLATNET_WEBSOCKET_AUTH_TIMEOUT", "8s"), ("FLATNET_WEBSOCKET_CLOSE_TIMEOUT", "100ms")]);
        using PoliteViewer viewer = await PoliteViewer.StartAsync(server);
        using var rude = new RudeClients(server.Address);
        await rude.ConnectAsync(1000, Upgrade);
        using var late = new RudeClients(server.Address);
        await Eventually.TrueAsync(async () => await server.MetricAsync("flatnet_sockets_open") >= 1001, () => "all are upgraded");
        await late.ConnectAsync(1, Upgrade.Replace("Upgrade\r\n", "Upgrade, close\r\n", StringComparison.Ordinal));
        Assert.Contains("WEBSOCKET_CONNECTION_FAILED", Assert.Single(await late.AnswersAsync()), StringComparison.Ordinal);
        await viewer.AssertServedAsync();

        foreach (string answer in await rude.AnswersAsync())
        {
            Assert.StartsWith("HTTP/1.1 101 ", answer, StringComparison.Ordinal);
            Assert.Contains("UNAUTHORIZED", answer, StringComparison.Ordinal);
            // A close frame begins with 88 and its length, then the code.
            Assert.Contains("\u000f\u00a1", answer[answer.LastIndexOf('\u0088')..], StringComparison.Ordinal);
        }

        await viewer.AssertServedAsync();
    }

    [Fact]
    public async Task A_server_with_few_descriptors_serves_those_who_ask()
    {
        using var directory = new TemporaryDirectory();
        string program = Path.Combine(directory.Path, "flatnetd");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nulimit -n 1024\nexec {Repository.Server} \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using LogServerProcess server = await LogServerProcess.StartAsync(program, directory.Make("data"), LogServerProcess.NoLimits);
        using PoliteViewer viewer = await PoliteViewer.StartAsync(server);
        using var rude = new RudeClients(server.Address);
        for (int i = 0; i < 5; i++)
        {
            await rude.ConnectAsync(800, RudeClients.HalfAnUpgrade);
            await viewer.AssertServedAsync();
        }
    }
}
