namespace Flatnet.Podman.Logs;

/// <summary>Asks the engine whether a container may still write: at each of its events, and now and then.</summary>
internal sealed class ContainerLife(IContainerEngine engine, string id) : IContainerLife
{
    // Events may be switched off, or come from another Podman's store.
    private static readonly TimeSpan PauseWithEvents = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseWithoutEvents = TimeSpan.FromSeconds(1);

    public async Task<LifeState> AskAsync(CancellationToken cancellation)
    {
        ContainerDetails? details = await engine.InspectAsync(id, cancellation).ConfigureAwait(false);
        bool hasEnded = details is null || details.Container.State is "exited" or "stopped" or "removing" or "dead";
        return new LifeState(hasEnded, details?.Container.StartedAt);
    }

    public Task WaitForEndAsync(CancellationToken cancellation)
    {
        return WaitAsync(state => state.HasEnded, cancellation);
    }

    public Task WaitForStartAsync(LifeState ended, CancellationToken cancellation)
    {
        return WaitAsync(state => !state.HasEnded || (state.StartedAt is { } start && start != ended.StartedAt), cancellation);
    }

    private async Task WaitAsync(Func<LifeState, bool> isReached, CancellationToken cancellation)
    {
        using CancellationTokenSource leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using SemaphoreSlim happened = new(0);
        // Events are watched before the state is asked for, or the end could fall in between.
        Task watching = WatchAsync(happened, leaving.Token);
        try
        {
            while (await TryAskAsync(cancellation).ConfigureAwait(false) is not { } state || !isReached(state))
            {
                await happened.WaitAsync(watching.IsCompleted ? PauseWithoutEvents : PauseWithEvents, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            await leaving.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<LifeState?> TryAskAsync(CancellationToken cancellation)
    {
        try
        {
            return await AskAsync(cancellation).ConfigureAwait(false);
        }
        catch (EngineException)
        {
            return null;
        }
    }

    private async Task WatchAsync(SemaphoreSlim happened, CancellationToken cancellation)
    {
        try
        {
            await foreach (EngineEvent change in engine.WatchAsync(cancellation).ConfigureAwait(false))
            {
                if (change.Id == id)
                {
                    happened.Release();
                }
            }
        }
        catch (Exception problem) when (problem is EngineException or IOException)
        {
            // Then the state is asked for more often.
        }
    }
}
