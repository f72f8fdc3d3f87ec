using System.Collections.Immutable;

namespace Flatnet.Podman;

/// <summary>Podman, over its socket or its command line.</summary>
public interface IContainerEngine : IAsyncDisposable
{
    /// <summary>How it is reached, to be shown: <c>unix:///run/podman/podman.sock</c>, or <c>the podman command</c>.</summary>
    public string Description { get; }

    /// <summary>The socket's path; null when the command line is used.</summary>
    public string? SocketPath { get; }

    /// <summary>The engine's version and API.</summary>
    /// <exception cref="EngineException">It cannot be asked.</exception>
    public Task<EngineVersion> GetVersionAsync(CancellationToken cancellation);

    /// <summary>Lists containers. The addresses, if asked for, cost a second request or a second run of the command.</summary>
    /// <exception cref="EngineException">It cannot be asked, or refused a filter.</exception>
    public Task<ImmutableArray<Container>> ListAsync(ListOptions options, CancellationToken cancellation);

    /// <summary>Everything about one container, by name, ID or the unambiguous beginning of an ID; null when there is none (an image
    /// or volume of that name does not count).</summary>
    /// <exception cref="EngineException">It cannot be asked.</exception>
    public Task<ContainerDetails?> InspectAsync(string nameOrId, CancellationToken cancellation);

    /// <summary>What happens to containers from now on. Ends when the connection does.</summary>
    /// <exception cref="EngineException">It cannot be asked.</exception>
    public IAsyncEnumerable<EngineEvent> WatchAsync(CancellationToken cancellation);
}
