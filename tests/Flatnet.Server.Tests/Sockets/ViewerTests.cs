using System.Text.Json;
using Flatnet.Server.Sockets;
using TaskStatus = Flatnet.Server.Storage.TaskStatus;

namespace Flatnet.Server.Tests.Sockets;

/// <summary>What a viewer sends and gets.</summary>
public sealed class ViewerTests
{
    [Fact]
    public async Task History_and_live_lines_come_one_message_each()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await server.WriteAsync("one", "two");
        await using SocketClient viewer = await server.ConnectAsync("/ws/tasks/t", "viewer");
        JsonElement subscribed = await viewer.SubscribeAsync();
        Assert.Equal(("t", 1, 2), (subscribed.GetProperty("taskId").GetString(), subscribed.GetProperty("firstSeq").GetInt32(), subscribed.GetProperty("lastSeq").GetInt32()));
        Assert.Equal("one", await viewer.LineAsync());
        Assert.Equal("two", await viewer.LineAsync());

        await server.WriteAsync("three", "four");
        JsonElement line = await viewer.ReceiveAsync("log");
        Assert.Equal(("t", "t-3", 3, "three", "stdout", "INFO"), (Text(line, "taskId"), Text(line, "id"), line.GetProperty("seq").GetInt32(), Text(line, "message"), Text(line, "source"), Text(line, "level")));
        Assert.Equal("four", await viewer.LineAsync());
    }

    [Fact]
    public async Task Lines_come_several_in_one_message_if_asked_for()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await server.WriteAsync("one", "two");
        await using SocketClient viewer = await server.ConnectAsync("/ws/tasks/t", "viewer");
        await viewer.SubscribeAsync("""{"batch":true,"afterSeq":0}""");
        JsonElement lines = await viewer.ReceiveAsync("logs");
        Assert.Equal(["one", "two"], lines.GetProperty("entries").EnumerateArray().Select(entry => Text(entry, "message")));
    }

    [Theory]
    [InlineData("""{"sources":["stderr"]}""", "err")]
    [InlineData("""{"levels":["DEBUG"]}""", "trace")]
    [InlineData("""{"levels":["ERROR"]}""", "fatal")]
    [InlineData("""{"levels":["FATAL"],"sources":["stdout","stderr"]}""", "fatal")]
    [InlineData("""{"q":"TRA"}""", "trace")]
    public async Task Options_choose_the_lines(string options, string expected)
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await using SocketClient agent = await server.ConnectAsync("/ws/tasks/t", "agent");
        await agent.SendAsync("""
            {"type":"logs","streamId":"s","entries":[
            {"sequence":1,"source":"stdout","level":"TRACE","message":"trace"},
            {"sequence":2,"source":"stderr","level":"INFO","message":"err"},
            {"sequence":3,"source":"stdout","level":"FATAL","message":"fatal"}]}
            """);
        await agent.ReceiveAsync("ack");
        await using SocketClient viewer = await server.ConnectAsync("/ws/tasks/t", "viewer");
        await viewer.SendAsync($$"""{"type":"subscribe","options":{{options.Replace("{", """{"realtime":false,""", StringComparison.Ordinal)}}}""");
        await viewer.ReceiveAsync("subscribed");
        Assert.Equal(expected, await viewer.LineAsync());
        await viewer.ReceiveAsync("end");
    }

    [Theory]
    [InlineData("""{"sources":["stdin"]}""", "VALIDATION_ERROR", "stdin")]
    [InlineData("""{"sources":[null]}""", "VALIDATION_ERROR", "sources")]
    [InlineData("""{"levels":["LOUD"]}""", "VALIDATION_ERROR", "LOUD")]
    [InlineData("""{"tail":-1}""", "VALIDATION_ERROR", "tail")]
    [InlineData("""{"tail":10001}""", "VALIDATION_ERROR", "tail")]
    [InlineData("""{"tail":"all"}""", "INVALID_MESSAGE_FORMAT", "tail")]
    [InlineData("""{"afterSeq":-1}""", "VALIDATION_ERROR", "afterSeq")]
    [InlineData("""{"afterSeq":99}""", "CURSOR_EXPIRED", "99")]
    [InlineData("""{"realtime":1}""", "INVALID_MESSAGE_FORMAT", "realtime")]
    public async Task Options_that_make_no_sense_are_named(string options, string code, string named)
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await server.WriteAsync("one");
        await using SocketClient viewer = await server.ConnectAsync("/ws/tasks/t", "viewer");
        await viewer.SendAsync($$"""{"type":"subscribe","taskId":"t","options":{{options}}}""");
        JsonElement error = await viewer.ReceiveAsync("error");
        Assert.Equal(code, Text(error, "code"));
        Assert.Contains(named, Text(error, "message"), StringComparison.Ordinal);
        Assert.False(error.GetProperty("retryable").GetBoolean());

        await viewer.SubscribeAsync();
    }

    [Fact]
    public async Task The_body_must_name_the_task_of_the_address()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await using SocketClient viewer = await server.ConnectAsync("/ws/tasks/t", "viewer");
        await viewer.SendAsync("""{"type":"subscribe","taskId":"other"}""");
        Assert.Equal("VALIDATION_ERROR", await viewer.ErrorAsync());
    }

    [Fact]
    public async Task History_alone_ends_with_the_status()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await server.WriteAsync("one");
        await server.Writer.ChangeTaskAsync("t", new() { Status = TaskStatus.Completed, ExitCode = 4, At = 1 }, default);
        await using SocketClient viewer = await server.ConnectAsync("/ws/tasks/t", "viewer");
        await viewer.SubscribeAsync();
        Assert.Equal("one", await viewer.LineAsync());
        JsonElement end = await viewer.ReceiveAsync("end");
        Assert.Equal(("t", "COMPLETED", 4, 1), (Text(end, "taskId"), Text(end, "status"), end.GetProperty("exitCode").GetInt32(), end.GetProperty("lastSeq").GetInt32()));
    }

    [Fact]
    public async Task Unsubscribing_stops_the_lines_and_may_be_said_twice()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await server.WriteAsync("one");
        await using SocketClient viewer = await server.ConnectAsync("/ws/tasks/t", "viewer");
        await viewer.SubscribeAsync("""{"tail":0}""");
        for (int i = 0; i < 2; i++)
        {
            await viewer.SendAsync("""{"type":"unsubscribe","taskId":"t"}""");
            Assert.Equal("t", Text(await viewer.ReceiveAsync("unsubscribed"), "taskId"));
        }

        Assert.False(server.Live.IsWatched("t"));
        await server.WriteAsync("two");
        await viewer.SubscribeAsync("""{"afterSeq":1}""");
        Assert.Equal("two", await viewer.LineAsync());
    }

    [Fact]
    public async Task A_second_subscription_replaces_the_first()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await server.WriteAsync("one");
        await using SocketClient viewer = await server.ConnectAsync("/ws/tasks/t", "viewer");
        await viewer.SubscribeAsync("""{"tail":0}""");
        await viewer.SubscribeAsync("""{"tail":0,"q":"x"}""");
        await server.WriteAsync("two", "x");
        Assert.Equal("x", await viewer.LineAsync());
    }

    [Fact]
    public async Task Deletions_are_told()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await server.WriteAsync("one", "two");
        await using SocketClient viewer = await server.ConnectAsync("/ws/tasks/t", "viewer");
        await viewer.SubscribeAsync("""{"tail":0}""");
        await server.Writer.DeleteLinesAsync("t", null, default);
        Assert.Equal(3, (await viewer.ReceiveAsync("truncated")).GetProperty("beforeSeq").GetInt32());
    }

    [Fact]
    public async Task A_viewer_that_does_not_read_gets_a_gap()
    {
        await using SocketServer server = await SocketServer.StartAsync(live: new() { BacklogLines = 20 });
        await server.WriteAsync("first");
        await using SocketClient viewer = await server.ConnectAsync("/ws/tasks/t", "viewer");
        await viewer.SubscribeAsync("""{"tail":0}""");
        // More than the buffers of both sides hold.
        string[] large = [.. Enumerable.Repeat(new string('x', 8000), 20)];
        for (int i = 0; i < 300; i++)
        {
            await server.WriteAsync(large);
        }

        long seen = 1;
        bool hasGap = false;
        while (seen < 6001)
        {
            JsonElement message = (await viewer.TryReceiveAsync())!.Value;
            if (Text(message, "type") == "gap")
            {
                hasGap = true;
                Assert.Equal(seen + 1, message.GetProperty("fromSeq").GetInt64());
                Assert.Equal(message.GetProperty("toSeq").GetInt64() - seen, message.GetProperty("count").GetInt64());
                Assert.NotEmpty(Text(message, "reason")!);
                seen = message.GetProperty("toSeq").GetInt64();
            }
            else
            {
                Assert.Equal(seen + 1, message.GetProperty("seq").GetInt64());
                seen++;
            }
        }

        Assert.True(hasGap);
    }

    [Fact]
    public async Task A_viewer_that_does_not_read_for_too_long_is_closed_with_4008()
    {
        await using SocketServer server = await SocketServer.StartAsync(new() { SlowLimit = TimeSpan.FromMilliseconds(300) });
        await server.WriteAsync("first");
        await using SocketClient viewer = await server.ConnectAsync("/ws/tasks/t", "viewer");
        await viewer.SubscribeAsync("""{"tail":0}""");
        SocketConnection connection = Assert.Single(server.Registry.Connections);
        string[] large = [.. Enumerable.Repeat(new string('x', 8000), 20)];
        while (!connection.IsClosing)
        {
            await server.WriteAsync(large);
        }

        Assert.Equal(4008, await viewer.ClosedAsync());
    }

    [Fact]
    public async Task The_channel_of_statuses_tells_of_tasks_that_the_token_may_see()
    {
        await using SocketServer server = await SocketServer.StartAsync();
        await using SocketClient all = await server.ConnectAsync("/ws/tasks/status", "viewer");
        await using SocketClient one = await server.ConnectAsync("/ws/tasks/status");
        await one.SendAsync("""{"type":"auth","token":"viewer-of-t"}""");
        await one.ReceiveAsync("auth_ok");
        await all.SendAsync("""{"type":"ping"}""");
        await all.ReceiveAsync("pong");

        await server.Writer.ChangeTaskAsync("other", new() { Status = TaskStatus.Processing, At = 1 }, default);
        await server.Writer.ChangeTaskAsync("t", new() { Status = TaskStatus.Failed, ExitCode = 2, At = 1 }, default);
        Assert.Equal("other", Text(await all.ReceiveAsync("task_status"), "taskId"));
        JsonElement status = await all.ReceiveAsync("task_status");
        Assert.Equal(("t", "FAILED", 2), (Text(status, "taskId"), Text(status, "status"), status.GetProperty("exitCode").GetInt32()));
        Assert.Equal("t", Text(await one.ReceiveAsync("task_status"), "taskId"));

        await all.SendAsync("""{"type":"subscribe","taskId":"t"}""");
        Assert.Equal("VALIDATION_ERROR", await all.ErrorAsync());
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
