using System.Text.Json;
using Flatnet.Agent.Tests.Support;
using Flatnet.Agent.Transport.Socket;

namespace Flatnet.Agent.Tests.Transport;

public sealed class SenderTests : IAsyncLifetime
{
    private LogServer _server = null!;

    public async Task InitializeAsync() => _server = await LogServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Lines_and_the_end_arrive_and_the_spool_is_empty()
    {
        await using var bench = new SenderBench(_server);
        bench.Write(1200);
        bench.Complete(exitCode: 3);

        await bench.DeliveredAsync();

        Assert.Equal(["task-1 FAILED 3"], _server.Statuses);
        Assert.All(_server.Frames, static lines => Assert.InRange(lines, 1, 500));
    }

    [Fact]
    public async Task A_single_line_is_sent_at_once_while_nothing_is_on_its_way()
    {
        // The real clock: the flush interval of a minute would be noticed.
        await using var bench = new SenderBench(_server, TimeProvider.System, null, ("logStreaming.flushInterval", "60s"));
        Task running = bench.Start();
        bench.Write(1);

        await Eventually.TrueAsync(() => bench.Stream.Acknowledged == 1, "acknowledged");
        Assert.False(running.IsCompleted);
    }

    [Fact]
    public async Task Sending_begins_behind_what_the_server_has()
    {
        await using var bench = new SenderBench(_server);
        bench.Write(10);
        using (JsonDocument frame = JsonDocument.Parse("""{"sequence":7,"message":"x"}"""))
        {
            bench.Stored.Take(frame.RootElement);
        }

        bench.Complete();
        await Eventually.CompletesAsync(bench.Start());

        Assert.Equal(["x", "line 8", "line 9", "line 10"], bench.Stored.Messages);
        Assert.Equal(0, bench.Stored.Duplicates);
    }

    [Fact]
    public async Task What_was_not_acknowledged_before_a_cut_is_sent_again()
    {
        int frames = 0;
        _server.OnMessage = (connection, message) =>
        {
            if (!message.Contains("\"logs\"", StringComparison.Ordinal) || ++frames % 2 == 0 || frames > 12)
            {
                return Task.FromResult(false);
            }

            // Every other frame is lost, or kept without a word about it.
            if (frames % 4 == 1)
            {
                using JsonDocument document = JsonDocument.Parse(message);
                connection.Take(document.RootElement);
            }

            connection.Cut();
            return Task.FromResult(true);
        };
        await using var bench = new SenderBench(_server);
        bench.Write(3000);
        bench.Complete();

        await bench.DeliveredAsync();

        Assert.True(bench.Metrics.Reconnects >= 3, $"{bench.Metrics.Reconnects} reconnects");
    }

    [Fact]
    public async Task When_no_connection_lasts_as_long_as_a_frame_frames_become_smaller()
    {
        _server.OnMessage = static (connection, message) =>
        {
            bool isLong = message.Length > 4096;
            if (isLong)
            {
                connection.Cut();
            }

            return Task.FromResult(isLong);
        };
        await using var bench = new SenderBench(_server);
        bench.Write(600);
        bench.Complete();

        await bench.DeliveredAsync();
    }

    [Fact]
    public async Task Acknowledgements_that_are_late_or_of_others_change_nothing()
    {
        _server.OnMessage = async (connection, message) =>
        {
            if (message.Contains("\"logs\"", StringComparison.Ordinal))
            {
                await connection.SendAsync("""{"type":"ack","streamId":"another","sequence":1000000,"durable":true}""");
                await connection.HandleAsync(message);
                using JsonDocument document = JsonDocument.Parse(message);
                await connection.SendAsync($$"""{"type":"ack","streamId":"{{document.RootElement.GetProperty("streamId").GetString()}}","sequence":1,"durable":true}""");
                return true;
            }

            return false;
        };
        await using var bench = new SenderBench(_server);
        bench.Write(2000);
        bench.Complete();

        await bench.DeliveredAsync();
        Assert.Equal(0, bench.Stored.Duplicates);
    }

    [Fact]
    public async Task A_throttled_sender_waits_as_long_as_it_is_told()
    {
        var time = new HurriedTime(20);
        long throttled = 0;
        TimeSpan waited = TimeSpan.Zero;
        _server.OnMessage = async (connection, message) =>
        {
            if (!message.Contains("\"logs\"", StringComparison.Ordinal))
            {
                return false;
            }

            if (throttled == 0)
            {
                await connection.SendAsync("""{"type":"throttle","retryAfterMs":10000}""");
                await connection.HandleAsync(message);
                throttled = time.GetTimestamp();
                return true;
            }

            waited = time.GetElapsedTime(throttled);
            return false;
        };
        await using var bench = new SenderBench(_server, time);
        bench.Write(1);
        _ = bench.Start();
        await Eventually.TrueAsync(() => bench.Stream.Acknowledged == 1, "acknowledged");
        bench.Write(1);
        bench.Complete();

        await bench.DeliveredAsync();
        Assert.True(waited >= TimeSpan.FromSeconds(9.9), $"{waited}");
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_left_and_tried_again()
    {
        int resumes = 0;
        _server.OnMessage = (_, message) =>
            Task.FromResult(message.Contains("\"resume\"", StringComparison.Ordinal) ? ++resumes == 1 : resumes == 1);
        await using var bench = new SenderBench(_server);
        bench.Write(5);
        bench.Complete();

        await bench.DeliveredAsync();
        Assert.True(resumes >= 2);
    }

    [Fact]
    public async Task Pings_are_answered_and_the_least_level_is_the_servers()
    {
        var pongs = new TaskCompletionSource<string>();
        _server.OnMessage = async (connection, message) =>
        {
            if (message.Contains("\"resume\"", StringComparison.Ordinal))
            {
                await connection.HandleAsync(message);
                await connection.SendAsync("""{"type":"ping","timestamp":"now"}""");
                await connection.SendAsync("""{"type":"config","level":"debug"}""");
                await connection.SendAsync("""{"type":"something new"}""");
                return true;
            }

            if (message.Contains("\"pong\"", StringComparison.Ordinal))
            {
                pongs.TrySetResult(message);
            }

            return false;
        };
        await using var bench = new SenderBench(_server);
        _ = bench.Start();

        Assert.Contains("\"now\"", await pongs.Task.WaitAsync(TimeSpan.FromSeconds(30)), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => bench.Levels.Contains(Logs.LogLevel.Debug), "the level");
    }

    [Fact]
    public async Task Lines_are_paced_and_none_is_lost()
    {
        // 100 a second after a burst of 1000: a second thousand takes ten seconds of this clock.
        var time = new HurriedTime(20);
        await using var bench = new SenderBench(_server, time, null, ("logStreaming.performance.rateLimitPerSecond", "100"));
        bench.Write(2000);
        bench.Complete();
        long began = time.GetTimestamp();

        await bench.DeliveredAsync();

        // The last frame may overdraw the bucket.
        Assert.True(time.GetElapsedTime(began) > TimeSpan.FromSeconds(4), $"{time.GetElapsedTime(began)}");
    }

    [Fact]
    public async Task Lines_that_went_down_with_their_connection_are_not_counted_against_the_pace()
    {
        await using var bench = new SenderBench(_server, TimeProvider.System, null, ("logStreaming.performance.rateLimitPerSecond", "1"));
        var inFlight = new InFlight(bench.Context);
        bench.Context.FrameSent(500);
        inFlight.Add(new Frame(500, 500, 1000, default, 0));
        Assert.True(bench.Context.PauseBeforeFrame() > TimeSpan.FromSeconds(400));

        inFlight.Clear();

        Assert.Equal(TimeSpan.Zero, bench.Context.PauseBeforeFrame());
    }

    [Fact]
    public async Task The_states_of_a_task_are_said_as_they_change()
    {
        await using var bench = new SenderBench(_server);
        _ = bench.Start();
        bench.Sender.Say(Agent.Transport.TaskReport.Processing);
        await Eventually.TrueAsync(() => _server.Statuses.Contains("task-1 PROCESSING"), "processing");
        bench.Sender.Say(Agent.Transport.TaskReport.WaitingForInput);
        await Eventually.TrueAsync(() => _server.Statuses.Contains("task-1 WAITING_FOR_INPUT"), "waiting");
        bench.Complete();

        await bench.DeliveredAsync();
        Assert.Equal("task-1 COMPLETED 0", _server.Statuses.Last());
    }
}
