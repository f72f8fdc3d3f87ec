namespace Flatnet.Podman.Logs;

/// <summary>Asks the engine whether a container may still write: at each of its events, and now and then.</summary>
internal sealed class ContainerLife(IContainerEngine engine, string id) : IContainerLife
{
    // Events may be switched off, or come from another Podman's store.
    private static readonly TimeSpan PauseWithEvents = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseWithoutEvents = TimeSpan.FromSeconds(1);

    public async Task<bool> HasEndedAsync(CancellationToken cancellation)
    {
        ContainerDetails? details = await engine.InspectAsync(id, cancellation).ConfigureAwait(false);
        return details is null || details.Container.State is "exited" or "stopped" or "removing" or "dead";
    }

    public Task WaitForEndAsync(CancellationToken cancellation)
    {
        return WaitAsync(true, cancellation);
    }

    public Task WaitForStartAsync(CancellationToken cancellation)
    {
        return WaitAsync(false, cancellation);
    }

    private async Task WaitAsync(bool ended, CancellationToken cancellation)
    {
        using CancellationTokenSource leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using SemaphoreSlim happened = new(0);
        // Events are watched before the state is asked for, or the end could fall in between.
        Task watching = WatchAsync(happened, leaving.Token);
        try
        {
            while (await TryHasEndedAsync(cancellation).ConfigureAwait(false) != ended)
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

    private async Task<bool?> TryHasEndedAsync(CancellationToken cancellation)
    {
        try
        {
            return await HasEndedAsync(cancellation).ConfigureAwait(false);
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
