using System.Threading.Channels;
using Flatnet.Cli.Ps.Listing;
using Flatnet.Podman;

namespace Flatnet.Cli.Ps.Watching;

/// <summary>Lists again whenever the engine tells of a change, and now and then because of the ages.</summary>
internal sealed class PsWatch(PsLister lister, IPsView view, TimeSpan interval, TimeProvider time)
{
    // Holds one change: those that come while the list is made are all answered by the next one.
    private readonly Channel<EngineEvent> _changes = Channel.CreateBounded<EngineEvent>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Goes on until cancelled.</summary>
    /// <exception cref="EngineException">The first list could not be made.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task listening = Task.CompletedTask;
        try
        {
            PsListing first = await lister.ListAsync(cancellation);
            using IPsView screen = view;
            screen.Show(first);
            listening = ListenAsync(lister.Engine!, ending.Token);
            while (true)
            {
                await WaitAsync(cancellation);
                await RefreshAsync(cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C is how watching ends.
        }
        finally
        {
            await ending.CancelAsync();
            await listening;
        }
    }

    private async Task RefreshAsync(CancellationToken cancellation)
    {
        try
        {
            view.Show(await lister.ListAsync(cancellation));
        }
        catch (EngineException e)
        {
            view.ShowProblem(e.Message);
        }
    }

    // Until a change or for the interval, whichever is first.
    private async Task WaitAsync(CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task<bool> change = _changes.Reader.WaitToReadAsync(waiting.Token).AsTask();
        await Task.WhenAny(change, Task.Delay(interval, time, waiting.Token));
        await waiting.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
        _changes.Reader.TryRead(out _);
    }

    // Podman's service ends when it is idle, and with it the stream of events.
    private async Task ListenAsync(IContainerEngine engine, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await foreach (EngineEvent change in engine.WatchAsync(cancellation))
                {
                    _changes.Writer.TryWrite(change);
                }

                await Task.Delay(interval, time, cancellation);
            }
            catch (EngineException)
            {
                await Task.Delay(interval, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
