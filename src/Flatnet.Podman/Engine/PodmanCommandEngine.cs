using System.Collections.Immutable;

namespace Flatnet.Podman;

/// <summary>Podman over its command line, where there is no socket.</summary>
public sealed class PodmanCommandEngine : IContainerEngine
{
    /// <summary>The program's full path.</summary>
    public string Program => throw new NotImplementedException();

    /// <inheritdoc/>
    public string Description => "the podman command";

    /// <inheritdoc/>
    public string? SocketPath => null;

    /// <inheritdoc/>
    public Task<EngineVersion> GetVersionAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Task<ImmutableArray<Container>> ListAsync(ListOptions options, CancellationToken cancellation) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Task<ContainerDetails?> InspectAsync(string nameOrId, CancellationToken cancellation) => throw new NotImplementedException();

    /// <inheritdoc/>
    public IAsyncEnumerable<EngineEvent> WatchAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
