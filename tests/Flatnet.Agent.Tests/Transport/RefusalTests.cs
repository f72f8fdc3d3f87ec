using Flatnet.Agent.Telemetry;
using Flatnet.Agent.Tests.Support;
using Flatnet.Agent.Transport;
using Microsoft.AspNetCore.Http;

namespace Flatnet.Agent.Tests.Transport;

public sealed class RefusalTests : IAsyncLifetime
{
    private LogServer _server = null!;

    public async Task InitializeAsync() => _server = await LogServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_new_token_in_its_file_is_used_without_a_restart(bool isClosedLater)
    {
        using var directory = new TestDirectory();
        string file = directory.File("token", "old\n");
        bool isNew = false;
        _server.Intercept = context =>
        {
            isNew = context.Request.Headers.Authorization == "Bearer new";
            if (!isNew)
            {
                File.WriteAllText(file, "new\n");
            }

            return isNew || isClosedLater ? null : LogServer.Error(401, "UNAUTHORIZED");
        };
        _server.OnMessage = async (connection, _) =>
        {
            if (!isNew)
            {
                await connection.CloseAsync(4001, "expired");
            }

            return !isNew;
        };
        // Nobody would wait for the pause after a token that is still the old one.
        var pace = new TransportPace { RefusedPause = TimeSpan.FromDays(1) };
        await using var bench = new SenderBench(_server, null, pace, ("FLATNET_AUTH_TOKEN_FILE", file));
        bench.Write(3);
        bench.Complete();

        await bench.DeliveredAsync();
        Assert.True(isNew);
    }

    [Theory]
    [InlineData(401, "UNAUTHORIZED")]
    [InlineData(403, "FORBIDDEN")]
    public async Task Who_is_refused_asks_again_after_half_a_minute(int status, string code)
    {
        var time = new HurriedTime();
        var asked = new List<TimeSpan>();
        long began = time.GetTimestamp();
        _server.Intercept = _ =>
        {
            asked.Add(time.GetElapsedTime(began));
            return asked.Count == 1 ? LogServer.Error(status, code) : null;
        };
        await using var bench = new SenderBench(_server, time);
        bench.Write(1);
        bench.Complete();

        await bench.DeliveredAsync();
        Assert.True(asked[1] - asked[0] >= TimeSpan.FromSeconds(29), $"{asked[1] - asked[0]}");
    }

    [Fact]
    public async Task A_task_that_is_made_later_gets_its_lines()
    {
        int asked = 0;
        _server.Intercept = _ => ++asked <= 3 ? LogServer.Error(404, "TASK_NOT_FOUND") : null;
        await using var bench = new SenderBench(_server);
        bench.Write(10);
        bench.Complete();

        await bench.DeliveredAsync();
        Assert.True(asked >= 4);
    }

    [Fact]
    public async Task A_frame_that_is_too_big_is_sent_in_halves()
    {
        _server.OnMessage = async (connection, message) =>
        {
            if (message.Length <= 40_000)
            {
                return false;
            }

            await connection.CloseAsync(1009, "too big");
            return true;
        };
        await using var bench = new SenderBench(_server);
        bench.Write(1000);
        bench.Complete();

        await bench.DeliveredAsync();
        Assert.DoesNotContain(_server.Requests, static request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_that_is_too_long_for_a_frame_is_posted()
    {
        _server.OnMessage = async (connection, message) =>
        {
            if (message.Length <= 10_000)
            {
                return false;
            }

            await connection.CloseAsync(1009, "too big");
            return true;
        };
        await using var bench = new SenderBench(_server);
        bench.Write(5);
        bench.Write(1, padding: 20_000);
        bench.Write(5);
        bench.Complete();

        await bench.DeliveredAsync();
        Assert.Equal(0, bench.Metrics.Dropped);
    }

    [Fact]
    public async Task A_line_that_the_server_will_never_take_is_given_up_alone()
    {
        _server.OnMessage = async (connection, message) =>
        {
            if (!message.Contains("\"line 4\"", StringComparison.Ordinal))
            {
                return false;
            }

            await connection.SendAsync("""{"type":"error","code":"VALIDATION_ERROR","message":"no","timestamp":"2026-01-31T14:05:00Z"}""");
            return true;
        };
        _server.Rejects = static entry => entry.GetProperty("message").GetString() == "line 4";
        await using var bench = new SenderBench(_server);
        bench.Write(9);
        bench.Complete();
        await Eventually.CompletesAsync(bench.Start());

        Assert.Equal(bench.Expected.Where(static line => line != "line 4"), bench.Stored.Messages);
        Assert.Equal(1, bench.Metrics.Dropped);
        Assert.Equal(1, bench.Metrics.Errors(AgentError.Rejected));
    }

    [Fact]
    public async Task Without_a_websocket_for_a_minute_lines_are_posted_until_there_is_one()
    {
        bool isOpen = false;
        _server.Intercept = context => context.WebSockets.IsWebSocketRequest && !isOpen ? Results.StatusCode(502) : null;
        await using var bench = new SenderBench(_server);
        _ = bench.Start();
        bench.Write(700);
        await Eventually.TrueAsync(() => bench.Stream.Acknowledged == 700, "posted");
        Assert.Empty(_server.Frames);
        Assert.False(bench.Metrics.IsConnected);

        isOpen = true;
        await Eventually.TrueAsync(() => bench.Metrics.IsConnected, "a WebSocket again");
        bench.Write(10);
        bench.Complete(exitCode: 1);

        await bench.DeliveredAsync();
        Assert.Equal(10, _server.Frames.Sum());
        Assert.Equal(0, bench.Stored.Duplicates);
        Assert.Equal("task-1 FAILED 1", _server.Statuses.Last());
    }

    [Fact]
    public async Task Posting_says_the_tasks_end_as_well()
    {
        _server.Intercept = static context => context.WebSockets.IsWebSocketRequest ? Results.StatusCode(502) : null;
        await using var bench = new SenderBench(_server);
        bench.Write(2);
        bench.Complete();

        await bench.DeliveredAsync();
        Assert.Equal(["task-1 COMPLETED 0"], _server.Statuses);
    }

    [Theory]
    [InlineData(503, "NOT_READY")]
    [InlineData(507, "STORAGE_FULL")]
    [InlineData(500, "DATABASE_ERROR")]
    [InlineData(400, "not of this protocol")]
    public async Task What_the_server_cannot_take_now_is_posted_again(int status, string code)
    {
        int posts = 0;
        _server.Intercept = context => context.WebSockets.IsWebSocketRequest ? Results.StatusCode(502)
            : context.Request.Method == "POST" && ++posts <= 5 ? LogServer.Error(status, code) : null;
        await using var bench = new SenderBench(_server);
        bench.Write(20);
        bench.Complete();

        await bench.DeliveredAsync();
        Assert.Equal(0, bench.Metrics.Dropped);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_posted_in_halves_and_a_single_line_is_given_up()
    {
        _server.Intercept = static context => context.WebSockets.IsWebSocketRequest ? Results.StatusCode(502)
            : context.Request.ContentLength > 20_000 ? LogServer.Error(413, "PAYLOAD_TOO_LARGE") : null;
        await using var bench = new SenderBench(_server);
        bench.Write(300);
        bench.Write(1, padding: 30_000);
        bench.Write(1);
        bench.Complete();
        await Eventually.CompletesAsync(bench.Start());

        Assert.Equal(bench.Expected.Where(static line => line != "line 301"), bench.Stored.Messages);
        Assert.Equal(1, bench.Metrics.Dropped);
    }

    [Fact]
    public async Task A_pause_that_the_server_asks_for_is_kept()
    {
        var time = new HurriedTime();
        var asked = new List<TimeSpan>();
        long began = time.GetTimestamp();
        _server.Intercept = context =>
        {
            asked.Add(time.GetElapsedTime(began));
            if (asked.Count > 1)
            {
                return null;
            }

            context.Response.Headers.RetryAfter = "17";
            return Results.StatusCode(429);
        };
        await using var bench = new SenderBench(_server, time);
        bench.Write(1);
        bench.Complete();

        await bench.DeliveredAsync();
        Assert.True(asked[1] - asked[0] >= TimeSpan.FromSeconds(16.9), $"{asked[1] - asked[0]}");
    }

    [Fact]
    public async Task After_the_attempts_that_were_set_only_rest_is_used()
    {
        _server.Intercept = static context => context.WebSockets.IsWebSocketRequest ? Results.StatusCode(502) : null;
        await using var bench = new SenderBench(_server, null, null, ("websocket.maxReconnectAttempts", "2"));
        bench.Write(5);
        _ = bench.Start();
        await Eventually.TrueAsync(() => bench.Stream.Acknowledged == 5, "posted");
        bench.Write(5);
        await Eventually.TrueAsync(() => bench.Stream.Acknowledged == 10, "posted");
        bench.Complete();

        await bench.DeliveredAsync();
        Assert.InRange(_server.Requests.Count(static request => request.StartsWith("WS", StringComparison.Ordinal)), 1, 3);
    }

    [Fact]
    public async Task An_api_key_is_shown_in_its_own_header()
    {
        string? key = null;
        string? token = null;
        _server.Intercept = context =>
        {
            key = context.Request.Headers["X-API-Key"];
            token = context.Request.Headers.Authorization;
            return null;
        };
        await using var bench = new SenderBench(_server, null, null, ("auth.type", "api-key"), ("auth.apiKey", "k1"), ("auth.token", "t1"));
        bench.Complete();

        await bench.DeliveredAsync();
        Assert.Equal("k1", key);
        Assert.Null(token);
    }
}
