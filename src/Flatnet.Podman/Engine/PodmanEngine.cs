namespace Flatnet.Podman;

/// <summary>Finds Podman.</summary>
public static class PodmanEngine
{
    /// <summary>Takes the first of: the given URL, <c>CONTAINER_HOST</c>, the user's sockets, the system's socket, <c>DOCKER_HOST</c>, the
    /// command line. A URL that was given and does not answer is an error, not skipped.</summary>
    /// <exception cref="EngineException">There is none, or it may not be asked.</exception>
    public static Task<IContainerEngine> ConnectAsync(EngineOptions options, CancellationToken cancellation) => throw new NotImplementedException();
}
