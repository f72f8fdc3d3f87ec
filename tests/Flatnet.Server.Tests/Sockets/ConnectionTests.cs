using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Flatnet.Server.Auth;
using Flatnet.Server.Limits;
using Flatnet.Server.Sockets;

namespace Flatnet.Server.Tests.Sockets;

/// <summary>Who may connect, and how connections end.</summary>
public sealed class ConnectionTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    [Theory]
    [InlineData("/ws/tasks/t", "wrong", 401)]
    [InlineData("/ws/tasks/t", "deleter", 403)]
    [InlineData("/ws/tasks/other", "viewer-of-t", 403)]
    [InlineData("/ws/tasks/other", "agent-of-t", 403)]
    [InlineData("/ws/tasks/status", "agent", 403)]
    [InlineData("/ws/tasks/a%20b", "viewer", 400)]
    public async Task Bad_credentials_in_a_header_are_refused_before_the_upgrade(string path, string token, int status)
    {
        await using SocketServer server = await SocketServer.StartAsync();
        RefusedException refused = await Assert.ThrowsAsync<RefusedException>(() => server.ConnectAsync(path, token));
        Assert.Equal(status, refused.Status);
    }

    [Fact]
    public async Task Pages_of_other_origins_are_refused()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        Assert.Equal(403, (await Assert.ThrowsAsync<RefusedException>(() => server.ConnectAsync("/ws/tasks/t", "viewer", "https://evil.example"))).Status);
        await using SocketClient allowed = await server.ConnectAsync("/ws/tasks/t", "viewer", "https://logs.example");
        await using SocketClient own = await server.ConnectAsync("/ws/tasks/t", "viewer", server.Address.GetLeftPart(UriPartial.Authority));
    }

    [Fact]
    public async Task A_plain_request_is_told_to_upgrade()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        using HttpResponseMessage response = await http.GetAsync(new Uri("/ws/tasks/t", UriKind.Relative));
        Assert.Equal(426, (int)response.StatusCode);
        Assert.Contains("upgrade", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connects_are_counted()
    {
        await using SocketServer server = await SocketServer.StartAsync(limits: new LimitOptions { ConnectsPerMinute = 2 });
        await using SocketClient one = await server.ConnectAsync("/ws/tasks/t", "viewer");
        await using SocketClient two = await server.ConnectAsync("/ws/tasks/t", "viewer");
        Assert.Equal(429, (await Assert.ThrowsAsync<RefusedException>(() => server.ConnectAsync("/ws/tasks/t", "viewer"))).Status);
    }

    [Fact]
    public async Task A_token_may_come_in_the_first_message()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await server.WriteAsync("one");
        await using SocketClient viewer = await server.ConnectAsync("/ws/tasks/t");
        await viewer.SendAsync("""{"type":"auth","token":"viewer"}""");
        Assert.True((await viewer.ReceiveAsync("auth_ok")).TryGetProperty("type", out _));
        await viewer.SubscribeAsync();
        Assert.Equal("one", await viewer.LineAsync());
    }

    [Theory]
    [InlineData("""{"type":"auth","token":"wrong"}""", "UNAUTHORIZED", 4001)]
    [InlineData("""{"type":"auth"}""", "UNAUTHORIZED", 4001)]
    [InlineData("""{"type":"subscribe","taskId":"t"}""", "UNAUTHORIZED", 4001)]
    [InlineData("""{"type":"ping"}""", "UNAUTHORIZED", 4001)]
    [InlineData("""{"type":"auth","token":"deleter"}""", "FORBIDDEN", 4003)]
    public async Task Without_a_good_token_the_first_message_is_the_last(string message, string code, int close)
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await using SocketClient client = await server.ConnectAsync("/ws/tasks/t");
        await client.SendAsync(message);
        Assert.Equal(code, await client.ErrorAsync());
        Assert.Equal(close, await client.ClosedAsync());
    }

    [Fact]
    public async Task Without_any_token_the_connection_is_closed_in_time()
    {
        await using SocketServer server = await SocketServer.StartAsync(new SocketOptions { AuthTimeout = Short });
        await using SocketClient client = await server.ConnectAsync("/ws/tasks/t");
        Assert.Equal("UNAUTHORIZED", await client.ErrorAsync());
        Assert.Equal(4001, await client.ClosedAsync());
    }

    [Theory]
    [InlineData("viewer", """{"type":"log","source":"stdout","message":"m"}""")]
    [InlineData("viewer", """{"type":"resume","streamId":"s"}""")]
    [InlineData("viewer", """{"type":"status","status":"FAILED"}""")]
    [InlineData("agent", """{"type":"subscribe","taskId":"t"}""")]
    [InlineData("agent-of-t", """{"type":"task_log","taskId":"other","data":{"message":"m"}}""", "/ws/ktcp")]
    [InlineData("viewer-of-t", """{"type":"subscribe","taskId":"other"}""", "/ws/ktcp")]
    public async Task What_the_token_does_not_allow_closes_with_4003(string token, string message, string path = "/ws/tasks/t")
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await using SocketClient client = await server.ConnectAsync(path, token);
        await client.SendAsync(message);
        Assert.Equal("FORBIDDEN", await client.ErrorAsync());
        Assert.Equal(4003, await client.ClosedAsync());
        Assert.Null(await server.Store.FindTaskAsync("other", default));
        Assert.Null(await server.Store.FindTaskAsync("t", default));
    }

    [Fact]
    public async Task A_task_that_does_not_exist_closes_with_4004()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await using SocketClient viewer = await server.ConnectAsync("/ws/tasks/t", "viewer");
        await viewer.SendAsync("""{"type":"subscribe","taskId":"t"}""");
        Assert.Equal("TASK_NOT_FOUND", await viewer.ErrorAsync());
        Assert.Equal(4004, await viewer.ClosedAsync());
    }

    [Fact]
    public async Task A_token_that_expires_closes_with_4001_unless_it_is_renewed()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        server.Tokens.Add("short", Scopes.LogsRead, DateTimeOffset.UtcNow.AddSeconds(1));
        server.Tokens.Add("long", Scopes.LogsRead, DateTimeOffset.UtcNow.AddHours(1));
        await using SocketClient lazy = await server.ConnectAsync("/ws/tasks/t", "short");
        await using SocketClient diligent = await server.ConnectAsync("/ws/tasks/t", "short");
        await diligent.SendAsync("""{"type":"auth","token":"long"}""");
        JsonElement renewed = await diligent.ReceiveAsync("auth_ok");
        Assert.True(DateTimeOffset.Parse(renewed.GetProperty("expiresAt").GetString()!, null) > DateTimeOffset.UtcNow.AddMinutes(50));

        Assert.Equal("UNAUTHORIZED", await lazy.ErrorAsync());
        Assert.Equal(4001, await lazy.ClosedAsync());
        await diligent.SendAsync("""{"type":"ping"}""");
        await diligent.ReceiveAsync("pong");
    }

    [Fact]
    public async Task A_renewal_that_allows_less_ends_the_subscription_with_the_connection()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await server.WriteAsync("one");
        await using SocketClient client = await server.ConnectAsync("/ws/tasks/t", "both");
        await client.SubscribeAsync("""{"tail":0}""");
        await client.SendAsync("""{"type":"auth","token":"agent"}""");
        Assert.Equal("FORBIDDEN", await client.ErrorAsync());
        Assert.Equal(4003, await client.ClosedAsync());
    }

    [Fact]
    public async Task The_server_asks_whether_the_other_side_is_there()
    {
        await using SocketServer server = await SocketServer.StartAsync(new SocketOptions { PingInterval = Short });
        await using SocketClient client = await server.ConnectAsync("/ws/tasks/t", "viewer");
        JsonElement ping = await client.ReceiveAsync("ping");
        Assert.True(DateTimeOffset.TryParse(ping.GetProperty("timestamp").GetString(), out _));
    }

    [Fact]
    public async Task Who_is_silent_for_too_long_is_closed_and_who_answers_is_not()
    {
        await using SocketServer server = await SocketServer.StartAsync(new SocketOptions { PingInterval = Short, SilenceLimit = 5 * Short });
        await using SocketClient silent = await server.ConnectAsync("/ws/tasks/t", "viewer");
        await using SocketClient polite = await server.ConnectAsync("/ws/tasks/t", "viewer");
        Task<int> closed = silent.ClosedAsync();
        while (!closed.IsCompleted)
        {
            await polite.ReceiveAsync("ping");
            await polite.SendAsync("""{"type":"pong"}""");
        }

        Assert.Equal(1001, await closed);
        await polite.ReceiveAsync("ping");
    }

    [Fact]
    public async Task Who_closes_hears_the_same_and_no_error()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await using SocketClient viewer = await server.ConnectAsync("/ws/tasks/t", "both");
        await viewer.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
        Assert.Null(await viewer.TryReceiveAsync());
        Assert.Equal(WebSocketCloseStatus.NormalClosure, viewer.Socket.CloseStatus);
    }

    [Fact]
    public async Task A_message_that_is_too_long_closes_with_1009()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await using SocketClient client = await server.ConnectAsync("/ws/tasks/t", "agent");
        string longest = $$"""{"type":"log","streamId":"s","sequence":1,"source":"stdout","message":"{{new string('x', (1 << 20) - 100)}}"}""";
        await client.SendAsync(longest.PadRight(1 << 20));
        await client.ReceiveAsync("ack");
        await client.SendAsync(longest.PadRight((1 << 20) + 1));
        Assert.Equal("PAYLOAD_TOO_LARGE", await client.ErrorAsync());
        Assert.Equal(1009, await client.ClosedAsync());
    }

    [Fact]
    public async Task Text_that_is_no_UTF8_ends_the_connection()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await using SocketClient client = await server.ConnectAsync("/ws/tasks/t", "agent");
        await client.SendAsync([(byte)'{', 0xC3, 0x28, (byte)'}']);
        try
        {
            Assert.Equal(1007, await client.ClosedAsync());
        }
        catch (WebSocketException)
        {
            // The framework cuts the connection right behind its close, which may be lost then.
        }

        Assert.True(await EmptyAsync(server));
    }

    [Fact]
    public async Task Many_messages_that_make_no_sense_close_with_4029()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await using SocketClient client = await server.ConnectAsync("/ws/tasks/t", "viewer");
        for (int i = 0; i < 101; i++)
        {
            await client.SendAsync("nonsense");
        }

        Assert.Equal(4029, await client.ClosedAsync());
    }

    [Fact]
    public async Task Too_many_connections_of_one_asker_close_with_1013()
    {
        await using SocketServer server = await SocketServer.StartAsync(new SocketOptions { MaxConnectionsPerPrincipal = 1 });
        await using SocketClient agent = await server.ConnectAsync("/ws/tasks/t", "agent");
        SocketClient first = await server.ConnectAsync("/ws/tasks/t", "viewer");
        await using SocketClient second = await server.ConnectAsync("/ws/tasks/t", "viewer");
        Assert.Equal("WEBSOCKET_CONNECTION_FAILED", await second.ErrorAsync());
        Assert.Equal(1013, await second.ClosedAsync());

        await first.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
        Assert.True(await UntilAsync(() => server.Registry.Count == 1));
        await using SocketClient third = await server.ConnectAsync("/ws/tasks/t", "viewer");
        await third.SendAsync("""{"type":"ping"}""");
        await third.ReceiveAsync("pong");
        await first.DisposeAsync();
    }

    [Fact]
    public async Task Too_many_connections_in_all_close_with_1013()
    {
        await using SocketServer server = await SocketServer.StartAsync(new SocketOptions { MaxConnections = 1 });
        await using SocketClient first = await server.ConnectAsync("/ws/tasks/t", "viewer");
        await using SocketClient second = await server.ConnectAsync("/ws/tasks/t", "agent");
        Assert.Equal(1013, await second.ClosedAsync());
        await first.SendAsync("""{"type":"ping"}""");
        await first.ReceiveAsync("pong");
    }

    [Fact]
    public async Task Too_many_connections_without_a_token_are_refused_before_the_upgrade()
    {
        await using SocketServer server = await SocketServer.StartAsync(new SocketOptions { MaxUnauthenticated = 2 });
        await using SocketClient first = await server.ConnectAsync("/ws/tasks/t");
        await using SocketClient second = await server.ConnectAsync("/ws/tasks/t");
        Assert.Equal(503, (await Assert.ThrowsAsync<RefusedException>(() => server.ConnectAsync("/ws/tasks/t"))).Status);
        await using SocketClient known = await server.ConnectAsync("/ws/tasks/t", "viewer");
        await first.SendAsync("""{"type":"auth","token":"viewer"}""");
        await first.ReceiveAsync("auth_ok");
        await using SocketClient third = await server.ConnectAsync("/ws/tasks/t");
    }

    [Fact]
    public async Task A_server_that_stops_closes_with_1001()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await server.WriteAsync("one");
        await using SocketClient viewer = await server.ConnectAsync("/ws/tasks/t", "viewer");
        await viewer.SubscribeAsync("""{"tail":0}""");
        Task<int> closed = viewer.ClosedAsync();
        await server.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(1001, await closed);
    }

    [Fact]
    public async Task A_failure_of_the_store_closes_a_viewer_with_1011_and_tells_nothing_of_it()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        server.Store.BeforeFind = () => throw new InvalidOperationException("/var/lib/flatnet is broken");
        await using SocketClient viewer = await server.ConnectAsync("/ws/tasks/t", "viewer");
        await viewer.SendAsync("""{"type":"subscribe","taskId":"t"}""");
        JsonElement error = await viewer.ReceiveAsync("error");
        Assert.Equal("INTERNAL_SERVER_ERROR", error.GetProperty("code").GetString());
        Assert.DoesNotContain("/var/lib", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(1011, await viewer.ClosedAsync());
    }

    [Fact]
    public async Task Connections_that_break_are_forgotten()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await server.WriteAsync("one");
        SocketClient viewer = await server.ConnectAsync("/ws/tasks/t", "viewer");
        await viewer.SubscribeAsync("""{"tail":0}""");
        await viewer.DisposeAsync();
        Assert.True(await EmptyAsync(server));
        Assert.False(server.Live.IsWatched("t"));
    }

    [Fact]
    public async Task Who_does_not_answer_a_close_is_cut_off()
    {
        await using SocketServer server = await SocketServer.StartAsync(new SocketOptions { AuthTimeout = Short, CloseTimeout = Short });
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "GET /ws/tasks/t HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        // Never a word, not even the answer to the close.
        using var received = new MemoryStream();
        try
        {
            await stream.CopyToAsync(received).WaitAsync(TimeSpan.FromSeconds(20));
        }
        catch (IOException)
        {
            // A reset is an end too.
        }

        Assert.Contains("UNAUTHORIZED", Encoding.UTF8.GetString(received.ToArray()), StringComparison.Ordinal);
        Assert.True(await EmptyAsync(server));
    }

    [Fact]
    public async Task An_upgrade_that_is_cut_off_leaves_nothing()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        for (int i = 0; i < 20; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(server.Address.Host, server.Address.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET /ws/tasks/t HTTP/1.1\r\nHost: localhost\r\nUpgrade: webs"));
            client.Client.Close(0);
        }

        await using SocketClient viewer = await server.ConnectAsync("/ws/tasks/t", "viewer");
        await viewer.SendAsync("""{"type":"ping"}""");
        await viewer.ReceiveAsync("pong");
        Assert.Equal(1, server.Registry.Count);
    }

    private static Task<bool> EmptyAsync(SocketServer server) => UntilAsync(() => server.Registry.Count == 0);

    private static async Task<bool> UntilAsync(Func<bool> condition)
    {
        for (int i = 0; i < 1000 && !condition(); i++)
        {
            await Task.Delay(10);
        }

        return condition();
    }
}
