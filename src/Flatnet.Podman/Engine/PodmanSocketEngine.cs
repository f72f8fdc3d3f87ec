using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Flatnet.Podman.Http;
using Flatnet.Podman.Json;

namespace Flatnet.Podman;

/// <summary>Podman's REST API over a Unix socket. Every request connects anew, so that the service may end in between.</summary>
public sealed class PodmanSocketEngine : IContainerEngine
{
    // Podman's own paths need a version, any will do; 4.0.0 is the oldest that answers in these shapes.
    private const string Libpod = "/v4.0.0/libpod";
    private const string Compatible = "/v1.40";
    private const string ContainerEvents = "events?stream=true&filters=%7B%22type%22%3A%5B%22container%22%5D%7D";

    private readonly SocketClient _client;
    private readonly CompatibleList _compatible;

    internal PodmanSocketEngine(SocketClient client, bool hasLibpod)
    {
        _client = client;
        _compatible = new CompatibleList(client, Compatible);
        HasLibpod = hasLibpod;
    }

    /// <inheritdoc/>
    public string Description => $"unix://{_client.Path}";

    /// <inheritdoc/>
    public string? SocketPath => _client.Path;

    /// <summary>Whether Podman's own API may be used (<c>/libpod/...</c>), not only the Docker-compatible one.</summary>
    public bool HasLibpod { get; }

    private string Api => HasLibpod ? Libpod : Compatible;

    /// <inheritdoc/>
    public async Task<EngineVersion> GetVersionAsync(CancellationToken cancellation)
    {
        using JsonDocument answer = await _client.GetAsync("/version", JsonValueKind.Object, cancellation).ConfigureAwait(false);
        return new EngineVersion(answer.RootElement.Text("Version"), answer.RootElement.Text("ApiVersion"));
    }

    /// <inheritdoc/>
    /// <remarks>Podman's own list has no addresses and the compatible one no times: both are asked at once.</remarks>
    public async Task<ImmutableArray<Container>> ListAsync(ListOptions options, CancellationToken cancellation)
    {
        if (!HasLibpod)
        {
            return await _compatible.ListAsync(options, cancellation).ConfigureAwait(false);
        }

        Task<ImmutableArray<Container>> containers = ListOwnAsync(options, cancellation);
        if (!options.Addresses)
        {
            return await containers.ConfigureAwait(false);
        }

        Task<Dictionary<string, ImmutableArray<ContainerNetwork>>> networks = _compatible.NetworksAsync(options, cancellation);
        await Task.WhenAll(containers, networks).ConfigureAwait(false);
        return AddressMerge.Apply(containers.Result, networks.Result);
    }

    /// <inheritdoc/>
    public async Task<ContainerDetails?> InspectAsync(string nameOrId, CancellationToken cancellation)
    {
        if (!ContainerName.IsPossible(nameOrId))
        {
            return null;
        }

        using JsonDocument? answer = await _client.FindContainerAsync($"{Api}/containers/{nameOrId}/json", cancellation).ConfigureAwait(false);
        return answer is null ? null : InspectReader.Read(answer.RootElement);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<EngineEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using Stream stream = await _client.OpenPromptAsync($"{Api}/{ContainerEvents}", cancellation).ConfigureAwait(false);
        await foreach (EngineEvent happened in EventLines.ReadAsync(stream, _client.Name, cancellation).ConfigureAwait(false))
        {
            yield return happened;
        }
    }

    /// <summary>Sends a GET request and returns the body as it comes, for answers without end or too long to hold. The request is
    /// sent at once, but Podman answers one that follows a log only with the log's first line: the task may take as long.</summary>
    /// <param name="pathAndQuery">From the first slash, escaped: <c>/v4.0.0/libpod/containers/ID/logs?stdout=true</c>.</param>
    /// <param name="cancellation">Gives up waiting for the answer. The stream takes its own at each read.</param>
    /// <returns>The body; reading it throws <see cref="IOException"/> when the connection breaks.</returns>
    /// <exception cref="EngineException">It cannot be reached, or refused; the message has the engine's own words.</exception>
    public Task<Stream> OpenStreamAsync(string pathAndQuery, CancellationToken cancellation)
    {
        return _client.OpenAsync(pathAndQuery, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<ImmutableArray<Container>> ListOwnAsync(ListOptions options, CancellationToken cancellation)
    {
        string path = $"{Libpod}/containers/json?{ListQuery.OverApi(options)}";
        using JsonDocument answer = await _client.GetAsync(path, JsonValueKind.Array, cancellation).ConfigureAwait(false);
        return ListReader.Read(answer.RootElement);
    }
}
