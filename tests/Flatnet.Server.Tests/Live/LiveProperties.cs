using Flatnet.Logs;
using Flatnet.Server.Live;
using Flatnet.Server.Storage;
using Flatnet.Server.Tests.Ingest;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using LogWriter = Flatnet.Server.Ingest.LogWriter;
using TaskStatus = Flatnet.Server.Storage.TaskStatus;

namespace Flatnet.Server.Tests.Live;

/// <summary>Viewers that come, lag and go while several write: each line is seen once and in order, or lies in a gap that was told.</summary>
public sealed class LiveProperties
{
    [Fact]
    public void Nothing_is_lost_doubled_or_out_of_order() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(40),
        Prop.ForAll(
            Gen.Choose(1, 4).ToArbitrary(),
            Gen.Choose(1, 30).ArrayOf(6).ToArbitrary(),
            Gen.Choose(3, 200).ToArbitrary(),
            (writers, pauses, backlog) => RunAsync(writers, pauses, backlog).GetAwaiter().GetResult()));

    private static async Task RunAsync(int writers, int[] pauses, int backlog)
    {
        await using var store = new MemoryStore();
        var hub = new LiveHub(store, new() { BacklogLines = backlog });
        await using var writer = new LogWriter(store, hub, new(), new(), TimeProvider.System, NullLogger<LogWriter>.Instance);
        await writer.WriteAsync("t", [Sample.Line("0")], default);

        Task write = Task.WhenAll(Enumerable.Range(0, writers).Select(number => Task.Run(async () =>
        {
            for (int i = 0; i < 60; i++)
            {
                await writer.WriteAsync("t", Sample.Stream($"{number}", (i * 5) + 1, (i * 5) + 1 + (i % 5)), default);
            }
        })));
        // Each viewer comes at another moment, with another cursor, and stops for a while after every so many events.
        Task<long>[] viewers = [.. pauses.Select((pause, number) => Task.Run(async () =>
        {
            for (int i = 0; i < number * 20; i++)
            {
                await Task.Yield();
            }

            return await WatchAsync(hub, pause);
        }))];
        await write;
        TaskRecord task = await writer.ChangeTaskAsync("t", new() { Status = TaskStatus.Failed, ExitCode = 1, At = 1 }, default);
        foreach (Task<long> viewer in viewers)
        {
            Assert.Equal(task.LastSeq, await viewer.WaitAsync(TimeSpan.FromSeconds(30)));
        }

        Assert.False(hub.IsWatched("t"));
    }

    /// <summary>Counts up from the first line; gives the last.</summary>
    private static async Task<long> WatchAsync(LiveHub hub, int pause)
    {
        using LiveSubscription subscription = hub.Subscribe(new() { TaskId = "t", AfterSeq = 0 });
        long seen = 0;
        int events = 0;
        await foreach (LiveEvent item in subscription.ReadAsync(default))
        {
            switch (item)
            {
                case Lines lines:
                    foreach (LogEntry line in lines.Entries)
                    {
                        Assert.Equal(++seen, line.Seq);
                    }

                    break;
                case Skipped skipped:
                    Assert.Equal(seen + 1, skipped.FromSeq);
                    Assert.True(skipped.ToSeq >= skipped.FromSeq);
                    seen = skipped.ToSeq;
                    break;
                case Ended ended:
                    Assert.Equal(seen, ended.LastSeq);
                    break;
                default:
                    break;
            }

            if (++events % pause == 0)
            {
                await Task.Delay(1);
            }
        }

        return seen;
    }
}
