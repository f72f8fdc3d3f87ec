namespace Flatnet.Podman.Logs;

/// <summary>Whether a container may still write.</summary>
internal interface IContainerLife
{
    /// <summary>Whether it has ended or is gone. One that was never started has not ended.</summary>
    /// <exception cref="EngineException">The engine cannot be asked.</exception>
    public Task<bool> HasEndedAsync(CancellationToken cancellation);

    /// <summary>Waits until it has ended; while the engine cannot be asked, it has not.</summary>
    public Task WaitForEndAsync(CancellationToken cancellation);

    /// <summary>Waits until it has not ended (any more).</summary>
    public Task WaitForStartAsync(CancellationToken cancellation);
}
