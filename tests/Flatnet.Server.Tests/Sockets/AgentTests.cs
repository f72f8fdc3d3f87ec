using System.Net.WebSockets;
using System.Text.Json;
using Flatnet.Logs;
using Flatnet.Server.Limits;
using Flatnet.Server.Sockets;
using Flatnet.Server.Storage;
using TaskStatus = Flatnet.Server.Storage.TaskStatus;

namespace Flatnet.Server.Tests.Sockets;

/// <summary>What an agent sends and gets.</summary>
public sealed class AgentTests
{
    [Theory]
    [InlineData("/ws/tasks/t", """{"type":"log","taskId":"t","streamId":"s","sequence":1,"source":"stderr","level":"WARN","message":"m"}""")]
    [InlineData("/ws/agents/t/logs", """{"type":"logs","streamId":"s","entries":[{"sequence":1,"source":"stderr","level":"WARN","message":"m"}]}""")]
    [InlineData("/ws/ktcp", """{"entries":[{"sequence":1,"source":"stderr","level":"WARN","message":"m"}],"streamId":"s","taskId":"t","type":"logs"}""")]
    public async Task Lines_are_stored_and_acknowledged(string path, string frame)
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await using SocketClient agent = await server.ConnectAsync(path, "agent");
        await agent.SendAsync(frame);
        JsonElement ack = await agent.ReceiveAsync("ack");
        Assert.Equal(("s", 1, true), (ack.GetProperty("streamId").GetString(), ack.GetProperty("sequence").GetInt32(), ack.GetProperty("durable").GetBoolean()));
        LogEntry line = Assert.Single(server.Store.Lines("t"));
        Assert.Equal((LogSource.Stderr, LogLevel.Warn, "m", "s", 1L), (line.Source, line.Level, line.Message, line.StreamId, line.Sequence));
    }

    [Fact]
    public async Task Ktcp_has_its_own_form_of_a_line_and_of_a_ping()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await using SocketClient agent = await server.ConnectAsync("/ws/ktcp", "agent");
        await agent.SendAsync("""{"type":"task_log","taskId":"t","data":{"level":"ERROR","message":"m","timestamp":"2026-01-01T00:00:00Z","metadata":{"a":1}}}""");
        await agent.SendAsync("""{"type":"heartbeat","timestamp":"now"}""");
        Assert.Equal("now", (await agent.ReceiveAsync("pong")).GetProperty("timestamp").GetString());
        await agent.SendAsync("""{"type":"resume","taskId":"t","streamId":"x"}""");
        await agent.ReceiveAsync("ack");
        LogEntry line = Assert.Single(server.Store.Lines("t"));
        Assert.Equal((LogSource.Stdout, LogLevel.Error, "m", """{"a":1}"""), (line.Source, line.Level, line.Message, line.Metadata));
    }

    [Fact]
    public async Task Reading_goes_on_while_lines_are_committed_and_one_acknowledgement_speaks_for_all()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        var held = new TaskCompletionSource();
        server.Store.BeforeAppend = _ => held.Task;
        await using SocketClient agent = await server.ConnectAsync("/ws/tasks/t", "agent");
        for (int i = 1; i <= 50; i++)
        {
            await agent.SendAsync(Line(i));
        }

        // The answer comes behind all that was read, and no acknowledgement before the commit.
        await agent.SendAsync("""{"type":"ping","timestamp":"1"}""");
        await agent.ReceiveAsync("pong");
        held.SetResult();
        Assert.Equal(1, (await agent.ReceiveAsync("ack")).GetProperty("sequence").GetInt32());
        Assert.Equal(50, (await agent.ReceiveAsync("ack")).GetProperty("sequence").GetInt32());
        Assert.Equal([1, 49], server.Store.Commits);
    }

    [Fact]
    public async Task Resuming_tells_what_is_stored_and_doubles_are_acknowledged()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await using (SocketClient first = await server.ConnectAsync("/ws/tasks/t", "agent"))
        {
            await first.SendAsync("""{"type":"resume","streamId":"s"}""");
            Assert.Equal(0, (await first.ReceiveAsync("ack")).GetProperty("sequence").GetInt32());
            await first.SendAsync(Line(1));
            await first.SendAsync(Line(2));
            await first.SendAsync("""{"type":"resume","streamId":"s"}""");
            int last;
            while ((last = (await first.ReceiveAsync("ack")).GetProperty("sequence").GetInt32()) < 2)
            {
            }

            Assert.Equal(2, last);
        }

        await using SocketClient second = await server.ConnectAsync("/ws/tasks/t", "agent");
        await second.SendAsync("""{"type":"resume","streamId":"s"}""");
        Assert.Equal(2, (await second.ReceiveAsync("ack")).GetProperty("sequence").GetInt32());
        await second.SendAsync(Line(2));
        Assert.Equal(2, (await second.ReceiveAsync("ack")).GetProperty("sequence").GetInt32());
        Assert.Equal(2, server.Store.Lines("t").Length);
    }

    [Fact]
    public async Task A_status_holds_after_the_lines_before_it_and_before_the_answer_to_the_next_ping()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await using SocketClient agent = await server.ConnectAsync("/ws/tasks/t", "both");
        await server.WriteAsync("first");
        await agent.SubscribeAsync("""{"tail":0}""");
        await agent.SendAsync(Line(1));
        await agent.SendAsync("""{"type":"status","status":"COMPLETED","exitCode":0,"streamId":"s"}""");
        await agent.SendAsync("""{"type":"ping","timestamp":"1"}""");
        var types = new List<string>();
        while (types.LastOrDefault() != "pong")
        {
            types.Add((await agent.TryReceiveAsync())!.Value.GetProperty("type").GetString()!);
        }

        Assert.True(types.IndexOf("log") < types.IndexOf("end") || !types.Contains("end"), string.Join(' ', types));
        TaskRecord? task = await server.Store.FindTaskAsync("t", default);
        Assert.Equal((TaskStatus.Completed, 0, 2L), (task!.Status, task.ExitCode!.Value, task.LastSeq));
    }

    [Theory]
    [InlineData("""{"type":"log","source":"stdout"}""", "INVALID_LOG_FORMAT", "'message'")]
    [InlineData("""{"type":"log","source":"stdin","message":"m"}""", "INVALID_LOG_FORMAT", "'source'")]
    [InlineData("""{"type":"log","source":"stdout","message":"m","level":"LOUD"}""", "INVALID_LOG_FORMAT", "'level'")]
    [InlineData("""{"type":"log","source":"stdout","message":"m","timestamp":"2026-13-01T00:00:00Z"}""", "INVALID_LOG_FORMAT", "'timestamp'")]
    [InlineData("""{"type":"log","source":"stdout","message":"m","taskId":"other"}""", "VALIDATION_ERROR", "'taskId'")]
    [InlineData("""{"type":"log","source":"stdout","message":"m","taskId":7}""", "INVALID_LOG_FORMAT", "'taskId'")]
    [InlineData("""{"type":"logs","streamId":"s"}""", "INVALID_LOG_FORMAT", "'entries'")]
    [InlineData("""{"type":"logs","streamId":"s","entries":{}}""", "INVALID_LOG_FORMAT", "'entries'")]
    [InlineData("""{"type":"logs","streamId":"s","entries":[{"source":"stdout","message":"m"},{"source":"stdout"}]}""", "INVALID_LOG_FORMAT", "entries[1]")]
    [InlineData("""{"type":"task_log"}""", "INVALID_LOG_FORMAT", "'data'")]
    [InlineData("""{"type":"resume"}""", "VALIDATION_ERROR", "'streamId'")]
    [InlineData("""{"type":"status","status":"DONE"}""", "VALIDATION_ERROR", "'status'")]
    [InlineData("""{"type":"log","source":"stdout","message":"m" """, "INVALID_MESSAGE_FORMAT", "")]
    [InlineData("""{"type":"log","source":"stdout","message":"m"}{}""", "INVALID_MESSAGE_FORMAT", "")]
    [InlineData("""{"source":"stdout","message":"m"}""", "INVALID_MESSAGE_FORMAT", "'type'")]
    [InlineData("""{"type":"ping","timestamp":7}""", "INVALID_MESSAGE_FORMAT", "timestamp")]
    [InlineData("[]", "INVALID_MESSAGE_FORMAT", "'type'")]
    [InlineData("", "INVALID_MESSAGE_FORMAT", "")]
    [InlineData("""{"type":"logout"}""", "VALIDATION_ERROR", "logout")]
    public async Task What_makes_no_sense_is_named_and_stores_nothing(string message, string code, string named)
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await using SocketClient agent = await server.ConnectAsync("/ws/tasks/t", "agent");
        await agent.SendAsync(message);
        JsonElement error = await agent.ReceiveAsync("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Contains(named, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(server.Store.Lines("t"));

        await agent.SendAsync("""{"type":"resume","streamId":"s"}""");
        Assert.Equal(0, (await agent.ReceiveAsync("ack")).GetProperty("sequence").GetInt32());
        await agent.SendAsync(Line(1));
        Assert.Equal(1, (await agent.ReceiveAsync("ack")).GetProperty("sequence").GetInt32());
    }

    [Fact]
    public async Task After_lines_that_were_refused_no_later_ones_are_acknowledged_until_the_agent_asks_where_to_go_on()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await using SocketClient agent = await server.ConnectAsync("/ws/tasks/t", "agent");
        await agent.SendAsync("""{"type":"log","streamId":"s","sequence":1,"source":"stdout","level":"LOUD","message":"m"}""");
        await agent.ReceiveAsync("error");
        await agent.SendAsync(Line(2));
        Assert.Contains("resume", (await agent.ReceiveAsync("error")).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(server.Store.Lines("t"));
    }

    [Theory]
    [InlineData(false, "DATABASE_ERROR", 1011)]
    [InlineData(true, "STORAGE_FULL", 1013)]
    public async Task After_lines_that_could_not_be_stored_nothing_is(bool isFull, string code, int close)
    {
        await using SocketServer server = await SocketServer.StartAsync();
        var held = new TaskCompletionSource();
        server.Store.BeforeAppend = async _ =>
        {
            server.Store.BeforeAppend = _ => Task.CompletedTask;
            await held.Task;
            throw new StoreException("/var/lib/flatnet is broken", isFull);
        };
        await using SocketClient agent = await server.ConnectAsync("/ws/tasks/t", "agent");
        await agent.SendAsync(Line(1));
        await agent.SendAsync(Line(2));
        await agent.SendAsync("""{"type":"ping"}""");
        await agent.ReceiveAsync("pong");
        held.SetResult();

        JsonElement error = await agent.ReceiveAsync("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.True(error.GetProperty("retryable").GetBoolean());
        Assert.True(error.GetProperty("retryAfterMs").GetInt32() > 0);
        Assert.Equal(close, await agent.ClosedAsync());
        Assert.Empty(server.Store.Lines("t"));
    }

    [Fact]
    public async Task An_agent_is_slowed_down_and_loses_nothing()
    {
        await using SocketServer server = await SocketServer.StartAsync(limits: new LimitOptions { ConnectsPerMinute = 0, LinesPerSecond = 100, LinesBurst = 10 });
        await using SocketClient agent = await server.ConnectAsync("/ws/tasks/t", "agent");
        await agent.SendAsync(Lines(1, 40));
        await agent.SendAsync(Line(41));

        var throttles = new List<int>();
        for (long acknowledged = 0; acknowledged < 41;)
        {
            JsonElement message = (await agent.TryReceiveAsync())!.Value;
            if (message.GetProperty("type").GetString() == "throttle")
            {
                throttles.Add(message.GetProperty("retryAfterMs").GetInt32());
            }
            else
            {
                acknowledged = message.GetProperty("sequence").GetInt64();
            }
        }

        Assert.NotEmpty(throttles);
        Assert.All(throttles, pause => Assert.InRange(pause, 1, 400));
        Assert.Equal(41, server.Store.Lines("t").Length);
    }

    [Fact]
    public async Task While_too_much_waits_for_the_store_nothing_is_read()
    {
        await using SocketServer server = await SocketServer.StartAsync(new SocketOptions { InFlightBytes = 1000 });
        var held = new TaskCompletionSource();
        server.Store.BeforeAppend = _ => held.Task;
        await using SocketClient agent = await server.ConnectAsync("/ws/tasks/t", "agent");
        await agent.SendAsync(Lines(1, 10));
        await agent.SendAsync(Lines(11, 20));
        await agent.SendAsync("""{"type":"ping"}""");
        Task<JsonElement> pong = agent.ReceiveAsync("ack");
        await Task.Delay(100);
        Assert.False(pong.IsCompleted);
        held.SetResult();
        await pong;
    }

    [Fact]
    public async Task Messages_may_come_in_pieces()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await using SocketClient agent = await server.ConnectAsync("/ws/tasks/t", "agent");
        byte[] frame = System.Text.Encoding.UTF8.GetBytes(Lines(1, 100));
        for (int start = 0; start < frame.Length; start += 777)
        {
            int end = Math.Min(start + 777, frame.Length);
            await agent.SendAsync(frame[start..end], isEnd: end == frame.Length);
        }

        Assert.Equal(100, (await agent.ReceiveAsync("ack")).GetProperty("sequence").GetInt32());
    }

    [Fact]
    public async Task Binary_messages_are_refused()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await using SocketClient agent = await server.ConnectAsync("/ws/tasks/t", "agent");
        await agent.SendAsync([1, 2, 3], WebSocketMessageType.Binary);
        Assert.Equal("INVALID_MESSAGE_FORMAT", await agent.ErrorAsync());
        await agent.SendAsync(Line(1));
        await agent.ReceiveAsync("ack");
    }

    [Fact]
    public async Task What_an_agent_sent_before_it_left_is_stored()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        var held = new TaskCompletionSource();
        server.Store.BeforeAppend = _ => held.Task;
        await using SocketClient agent = await server.ConnectAsync("/ws/tasks/t", "agent");
        await agent.SendAsync(Line(1));
        await agent.SendAsync(Line(2));
        await agent.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
        held.SetResult();
        Assert.Equal(1000, await agent.ClosedAsync());
        Assert.Equal(2, server.Store.Lines("t").Length);
    }

    private static string Line(int sequence) => $$"""{"type":"log","streamId":"s","sequence":{{sequence}},"source":"stdout","message":"line {{sequence}}"}""";

    private static string Lines(int from, int to) =>
        $$"""{"type":"logs","streamId":"s","entries":[{{string.Join(',', Enumerable.Range(from, to - from + 1).Select(sequence =>
            $$"""{"sequence":{{sequence}},"source":"stdout","message":"line {{sequence}} of a task that has many"}"""))}}]}""";
}
