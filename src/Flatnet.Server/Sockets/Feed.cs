namespace Flatnet.Server.Sockets;

/// <summary>What is sent to a viewer on its own: it runs beside the reader until it is stopped or has nothing more to send.</summary>
internal abstract class Feed
{
    private Task _running = Task.CompletedTask;

    /// <summary>How long the viewer has not caught up since it was sent a gap; zero if it has.</summary>
    public virtual TimeSpan BehindFor => TimeSpan.Zero;

    public void Start() => _running = RunAsync();

    /// <summary>Ends it after the message that is on its way.</summary>
    public abstract void Stop();

    public async Task StopAsync()
    {
        Stop();
        await _running.ConfigureAwait(false);
    }

    /// <summary>Sends; all its exceptions are its own affair.</summary>
    protected abstract Task RunAsync();
}
