using System.Collections.Immutable;
using System.Net;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Doctor;

/// <summary>A Podman with the containers that a test gives it.</summary>
internal sealed class FakeEngine : IContainerEngine
{
    public List<ContainerDetails> Containers { get; } = [];

    public string Version { get; set; } = "4.3.1";

    public string Description => "unix:///run/podman/podman.sock";

    public string? SocketPath => null;

    public FakeEngine Add(string name, string network = "flatnet", string address = "10.87.1.2", string driver = "k8s-file", string id = "")
    {
        Containers.Add(new ContainerDetails
        {
            LogDriver = driver,
            Container = new Container
            {
                Id = (id.Length > 0 ? id : name).PadRight(64, '0'),
                Names = [name],
                State = "running",
                Networks = [new ContainerNetwork(network, [IPAddress.Parse(address)], "")],
            },
        });
        return this;
    }

    public Task<EngineVersion> GetVersionAsync(CancellationToken cancellation) => Task.FromResult(new EngineVersion(Version, "1.41"));

    public Task<ImmutableArray<Container>> ListAsync(ListOptions options, CancellationToken cancellation) =>
        Task.FromResult<ImmutableArray<Container>>([.. Containers.Select(details => details.Container)]);

    public Task<ContainerDetails?> InspectAsync(string nameOrId, CancellationToken cancellation) =>
        Task.FromResult(Containers.Find(details => details.Container.Id == nameOrId));

    public IAsyncEnumerable<EngineEvent> WatchAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
