using System.Collections.Immutable;
using System.Text.Json;
using Flatnet.Podman.Http;
using Flatnet.Podman.Json;

namespace Flatnet.Podman;

/// <summary>The list of the Docker-compatible API: the only one with addresses, but with times only as words.</summary>
/// <param name="client">The engine.</param>
/// <param name="api">The path's beginning, such as <c>/v1.40</c>.</param>
internal sealed class CompatibleList(SocketClient client, string api)
{
    private const int AtOnce = 4;

    /// <summary>The networks of each container by ID, with its addresses.</summary>
    public async Task<Dictionary<string, ImmutableArray<ContainerNetwork>>> NetworksAsync(ListOptions options, CancellationToken cancellation)
    {
        // Filters may bring containers that do not run.
        ListOptions wider = new() { All = options.All || !options.Filters.IsEmpty };
        using JsonDocument answer = await GetAsync(wider, cancellation).ConfigureAwait(false);
        Dictionary<string, ImmutableArray<ContainerNetwork>> networks = [];
        foreach (JsonElement container in answer.RootElement.EnumerateArray())
        {
            networks[container.Text("Id")] = NetworkReader.Read(container);
        }

        return networks;
    }

    /// <summary>Containers of an engine that has no other API: each is inspected, because the list's words are no times.</summary>
    public async Task<ImmutableArray<Container>> ListAsync(ListOptions options, CancellationToken cancellation)
    {
        using JsonDocument answer = await GetAsync(options, cancellation).ConfigureAwait(false);
        string[] ids = [.. answer.RootElement.EnumerateArray().Select(container => container.Text("Id"))];
        Container?[] containers = new Container?[ids.Length];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(0, ids.Length, parallel, async (index, stop) =>
        {
            string path = $"{api}/containers/{ids[index]}/json?size={(options.Size ? "true" : "false")}";
            using JsonDocument? inspected = await client.FindContainerAsync(path, stop).ConfigureAwait(false);
            containers[index] = inspected is null ? null : InspectReader.Read(inspected.RootElement).Container;
        }).ConfigureAwait(false);

        return [.. containers.OfType<Container>()];
    }

    private Task<JsonDocument> GetAsync(ListOptions options, CancellationToken cancellation)
    {
        return client.GetAsync($"{api}/containers/json?{ListQuery.OverApi(options)}", JsonValueKind.Array, cancellation);
    }
}
