using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Ps;

/// <summary>An engine that has what a test gives it and notes what it is asked.</summary>
internal sealed class FakeEngine : IContainerEngine
{
    private readonly Channel<EngineEvent> _events = Channel.CreateUnbounded<EngineEvent>();

    public ImmutableArray<Container> Containers { get; set; } = [];

    /// <summary>What the engine's own filters leave of the containers.</summary>
    public Func<Container, bool> OwnFilter { get; set; } = static _ => true;

    public EngineException? Failure { get; set; }

    public List<ListOptions> Requests { get; } = [];

    public string Description => "a fake engine";

    public string? SocketPath { get; set; } = "/run/podman/podman.sock";

    public Task<EngineVersion> GetVersionAsync(CancellationToken cancellation) => Task.FromResult(new EngineVersion("4.3.1", "1.41"));

    public Task<ImmutableArray<Container>> ListAsync(ListOptions options, CancellationToken cancellation)
    {
        Requests.Add(options);
        return Failure is null
            ? Task.FromResult(Containers
                .Where(container => options.All || container.State == "running")
                .Where(container => options.Filters.IsEmpty || OwnFilter(container))
                .Select(container => options.Addresses ? container : WithoutAddresses(container))
                .ToImmutableArray())
            : Task.FromException<ImmutableArray<Container>>(Failure);
    }

    public Task<ContainerDetails?> InspectAsync(string nameOrId, CancellationToken cancellation) => Task.FromResult<ContainerDetails?>(null);

    public async IAsyncEnumerable<EngineEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (EngineEvent happened in _events.Reader.ReadAllAsync(cancellation))
        {
            yield return happened;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Tells watchers that something happened.</summary>
    public void Happen(string action) => _events.Writer.TryWrite(new EngineEvent(action, "", "", DateTimeOffset.UnixEpoch, null));

    private static Container WithoutAddresses(Container container) =>
        container with { Networks = [.. container.Networks.Select(network => network with { Addresses = [] })] };
}
