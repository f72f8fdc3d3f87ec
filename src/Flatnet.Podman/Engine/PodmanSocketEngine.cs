using System.Collections.Immutable;

namespace Flatnet.Podman;

/// <summary>Podman's REST API over a Unix socket.</summary>
public sealed class PodmanSocketEngine : IContainerEngine
{
    /// <inheritdoc/>
    public string Description => throw new NotImplementedException();

    /// <inheritdoc/>
    public string? SocketPath => throw new NotImplementedException();

    /// <summary>Whether Podman's own API is there (<c>/libpod/...</c>), not only the Docker-compatible one.</summary>
    public bool HasLibpod => throw new NotImplementedException();

    /// <inheritdoc/>
    public Task<EngineVersion> GetVersionAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Task<ImmutableArray<Container>> ListAsync(ListOptions options, CancellationToken cancellation) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Task<ContainerDetails?> InspectAsync(string nameOrId, CancellationToken cancellation) => throw new NotImplementedException();

    /// <inheritdoc/>
    public IAsyncEnumerable<EngineEvent> WatchAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Sends a GET request and returns the body as it comes, for answers without end or too long to hold. The request is
    /// sent at once, but Podman answers one that follows a log only with the log's first line: the task may take as long.</summary>
    /// <param name="pathAndQuery">From the first slash, escaped: <c>/v4.0.0/libpod/containers/ID/logs?stdout=true</c>.</param>
    /// <param name="cancellation">Gives up waiting for the answer. The stream takes its own at each read.</param>
    /// <exception cref="EngineException">It cannot be reached, or refused; the message has the engine's own words.</exception>
    public Task<Stream> OpenStreamAsync(string pathAndQuery, CancellationToken cancellation) => throw new NotImplementedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
