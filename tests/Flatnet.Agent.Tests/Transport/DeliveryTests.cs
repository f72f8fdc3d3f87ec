using Flatnet.Agent.Configuration;
using Flatnet.Agent.Pipeline;
using Flatnet.Agent.Spool;
using Flatnet.Agent.Telemetry;
using Flatnet.Agent.Tests.Support;
using Flatnet.Agent.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flatnet.Agent.Tests.Transport;

public sealed class DeliveryTests : IAsyncLifetime, IDisposable
{
    private readonly TestDirectory _directory = new();
    private LogServer _server = null!;

    public async Task InitializeAsync() => _server = await LogServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Leftovers_are_sent_beside_the_running_task_and_an_earlier_run_does_not_end_it()
    {
        string earlier = Leftover.Write(_directory.File("spool"), "task-1", lines: 5, exitCode: 1);
        string other = Leftover.Write(_directory.File("spool"), "task-2", lines: 7, exitCode: 0);
        AgentOptions options = TestOptions.For(_server, _directory);
        var spool = new SpoolDirectory(options.Spool);
        IReadOnlyList<SpoolStream> leftovers = spool.OpenLeftovers();
        using SpoolStream stream = spool.Create("task-1");
        using var link = new ServerLink(options, new HurriedTime());
        await using (Delivery delivery = Begin(link, stream, leftovers, options, new HurriedTime(), new TransportPace { FinalFlush = TimeSpan.FromHours(1) }))
        {
            await Eventually.TrueAsync(() => _server.Stream("task-1", earlier).Messages.Length == 5, "the earlier run's lines");
            await Eventually.TrueAsync(() => _server.Statuses.Contains("task-2 COMPLETED 0"), "the other task's end");
            Assert.Equal(7, _server.Stream("task-2", other).Messages.Length);

            stream.Writer!.Complete(new TaskOutcome(9));
            Assert.True(await delivery.FinishAsync(CancellationToken.None));
        }

        Assert.Equal(["task-2 COMPLETED 0", "task-1 FAILED 9"], _server.Statuses);
        Assert.Empty(spool.OpenLeftovers());
    }

    [Fact]
    public async Task The_end_waits_half_a_minute_for_the_last_lines_and_leaves_them_in_the_spool()
    {
        _server.Intercept = static _ => LogServer.Error(503, "NOT_READY");
        AgentOptions options = TestOptions.For(_server, _directory);
        var spool = new SpoolDirectory(options.Spool);
        var time = new HurriedTime();
        long began;
        using var link = new ServerLink(options, time);
        using (SpoolStream stream = spool.Create("task-1"))
        {
            await using Delivery delivery = Begin(link, stream, [], options, time, new TransportPace());
            stream.Writer!.Complete(new TaskOutcome(0));
            began = time.GetTimestamp();
            Assert.False(await delivery.FinishAsync(CancellationToken.None));
        }

        Assert.True(time.GetElapsedTime(began) >= TimeSpan.FromSeconds(29), $"{time.GetElapsedTime(began)}");
        SpoolStream left = Assert.Single(spool.OpenLeftovers());
        Assert.Equal(0, left.Outcome!.ExitCode);
        left.Dispose();
    }

    [Fact]
    public async Task The_end_does_not_wait_for_a_long_pause_before_the_next_connection()
    {
        _server.Intercept = static _ => LogServer.Error(503, "NOT_READY");
        AgentOptions options = TestOptions.For(_server, _directory);
        using SpoolStream stream = new SpoolDirectory(options.Spool).Create("task-1");
        using var link = new ServerLink(options, TimeProvider.System);
        var pace = new TransportPace { FirstPause = TimeSpan.FromHours(1), LongestPause = TimeSpan.FromHours(1), FinalFlush = TimeSpan.FromMinutes(1) };
        await using Delivery delivery = Begin(link, stream, [], options, TimeProvider.System, pace);
        await Eventually.TrueAsync(() => !_server.Requests.IsEmpty, "the first connection");
        _server.Intercept = static _ => null;

        stream.Writer!.Complete(new TaskOutcome(0));
        Assert.True(await delivery.FinishAsync(CancellationToken.None));
    }

    private static Delivery Begin(ServerLink link, SpoolStream stream, IReadOnlyList<SpoolStream> leftovers, AgentOptions options, TimeProvider time, TransportPace pace) =>
        new(link, stream, leftovers, options, pace, new AgentMetrics(), time, NullLogger.Instance, static _ => { });
}
