using Flatnet.Podman;

namespace Flatnet.Cli.Logs;

/// <summary>Waits until a container of a name has been started, be it the same one or one made anew.</summary>
internal static class NextStart
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static async Task<ContainerDetails> WaitAsync(
        IContainerEngine engine, string name, string id, DateTimeOffset startedAt, CancellationToken cancellation)
    {
        while (true)
        {
            using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            // Watching begins before the look: a start in between is not missed.
            Task<bool> change = ChangeAsync(engine, name, watching.Token);
            try
            {
                if (await engine.InspectAsync(name, cancellation).ConfigureAwait(false) is { Container: { StartedAt: { } start } container } details
                    && (container.Id != id || start > startedAt))
                {
                    return details;
                }

                if (!await change.ConfigureAwait(false))
                {
                    await Task.Delay(Pause, cancellation).ConfigureAwait(false);
                }
            }
            finally
            {
                await watching.CancelAsync().ConfigureAwait(false);
                await ((Task)change).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // False when the engine stopped telling.
    private static async Task<bool> ChangeAsync(IContainerEngine engine, string name, CancellationToken cancellation)
    {
        try
        {
            await foreach (EngineEvent happened in engine.WatchAsync(cancellation).ConfigureAwait(false))
            {
                if (happened.Name == name && happened.Action == "start")
                {
                    return true;
                }
            }
        }
        catch (EngineException)
        {
            // Looking again after a pause does the same, later.
        }

        return false;
    }
}
