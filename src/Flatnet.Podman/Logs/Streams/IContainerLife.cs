namespace Flatnet.Podman.Logs;

/// <summary>Whether a container may still write.</summary>
internal interface IContainerLife
{
    /// <summary>How far it is now.</summary>
    /// <exception cref="EngineException">The engine cannot be asked.</exception>
    public Task<LifeState> AskAsync(CancellationToken cancellation);

    /// <summary>Waits until it has ended; while the engine cannot be asked, it has not.</summary>
    public Task WaitForEndAsync(CancellationToken cancellation);

    /// <summary>Waits until it was started after it ended. It may have ended again since.</summary>
    public Task WaitForStartAsync(LifeState ended, CancellationToken cancellation);
}
