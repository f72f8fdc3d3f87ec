using Flatnet.Command.Tests.Harness;
using Flatnet.Podman;

namespace Flatnet.Command.Tests.Engine;

/// <summary>Events of Podman 4.3, over its socket and its command.</summary>
public sealed class EventTests(PodmanService podman) : IClassFixture<PodmanService>, IDisposable
{
    private readonly Engines _engines = new(podman);
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(30));

    public void Dispose()
    {
        _engines.Dispose();
        _patience.Dispose();
    }

    [HostFact]
    public async Task Socket_and_command_tell_the_same_events()
    {
        foreach (IContainerEngine engine in _engines.Both)
        {
            List<EngineEvent> events = await WatchAsync(engine);

            Assert.All(events, happened => Assert.Equal("watched", happened.Name));
            Assert.All(events, happened => Assert.Equal(64, happened.Id.Length));
            Assert.All(events, happened => Assert.InRange(happened.Time, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1)));
            Assert.Equal(["init", "start", "died"], events.Select(happened => happened.Action).Where(action => action is "init" or "start" or "died"));
            Assert.Equal(3, events.Single(happened => happened.Action == "died").ExitCode);
            Assert.All(events.Where(happened => happened.Action != "died"), happened => Assert.Null(happened.ExitCode));
        }
    }

    [HostFact]
    public async Task A_watch_ends_with_the_service_and_the_engine_survives_its_return()
    {
        IContainerEngine engine = _engines.Socket;
        Task<int> watching = engine.WatchAsync(_patience.Token).CountAsync().AsTask();
        Assert.Empty(await engine.ListAsync(Engines.Everything, _patience.Token));

        podman.StopService();
        await Assert.ThrowsAsync<EngineException>(() => engine.ListAsync(Engines.Everything, _patience.Token));
        podman.RestartService();

        Assert.Empty(await engine.ListAsync(Engines.Everything, _patience.Token));
        await watching;
    }

    // Nothing says when the watch has begun, so a container is started again and again until its start is seen.
    private async Task<List<EngineEvent>> WatchAsync(IContainerEngine engine)
    {
        List<EngineEvent> events = [];
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(_patience.Token);
        Task watching = Task.Run(async () =>
        {
            await foreach (EngineEvent happened in engine.WatchAsync(enough.Token))
            {
                lock (events)
                {
                    events.Add(happened);
                }
            }
        });
        Eventually.True(() => SeenAfterStart(events), "the start and the end of a container are seen");
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
        return events;
    }

    private bool SeenAfterStart(List<EngineEvent> events)
    {
        lock (events)
        {
            events.Clear();
        }

        podman.Start("watched", [], "sh", "-c", "exit 3");
        podman.Run("wait", "watched");
        podman.Remove("watched");
        Thread.Sleep(200);
        lock (events)
        {
            // What came late of an earlier container is none of it.
            string? last = events.LastOrDefault()?.Id;
            events.RemoveAll(happened => happened.Id != last);
            return events.Any(happened => happened.Action == "init") && events.Any(happened => happened.Action == "died");
        }
    }
}
