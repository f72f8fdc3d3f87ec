using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Logs;

/// <summary>A Podman with the containers that a test gives it.</summary>
internal sealed class FakeEngine : IContainerEngine
{
    public List<ContainerDetails> Containers { get; } = [];

    public string Description => "fake";

    public string? SocketPath => null;

    public static ContainerDetails Details(string name, string id, params (string Key, string Value)[] labels) => new()
    {
        Container = new Container
        {
            Id = id.PadRight(64, '0'),
            Names = [name],
            State = "exited",
            ExitCode = 3,
            Labels = labels.ToImmutableDictionary(label => label.Key, label => label.Value),
        },
    };

    public Task<EngineVersion> GetVersionAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ImmutableArray<Container>> ListAsync(ListOptions options, CancellationToken cancellation) =>
        Task.FromResult<ImmutableArray<Container>>([.. Containers.Select(details => details.Container).Where(container =>
            !options.Filters.TryGetValue("label", out ImmutableArray<string> labels)
            || labels.All(label => container.Labels.Contains(KeyValuePair.Create(label.Split('=')[0], label.Split('=')[1]))))]);

    public Task<ContainerDetails?> InspectAsync(string nameOrId, CancellationToken cancellation) => Task.FromResult(Containers.Find(
        details => details.Container.Names[0] == nameOrId || details.Container.Id.StartsWith(nameOrId, StringComparison.Ordinal)));

    public async IAsyncEnumerable<EngineEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        yield break;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
