using Flatnet.Server.Storage;

namespace Flatnet.Server.Health;

/// <summary>Whether work may be sent here: the store answers, and the server is not about to stop.</summary>
internal sealed class Readiness(ILogStore store, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Why not; null if it is.</summary>
    public async Task<string?> FindObstacleAsync(CancellationToken cancellation)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return "The server is stopping.";
        }

        try
        {
            // A task of this name need not exist: it is the answer that counts.
            await store.FindTaskAsync("ready", cancellation).WaitAsync(Patience, cancellation);
            return null;
        }
        catch (Exception error) when (error is StoreException or TimeoutException)
        {
            return "The store does not answer.";
        }
    }
}
