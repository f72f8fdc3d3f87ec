using Flatnet.Command.Tests.Harness;
using Flatnet.Podman;
using Flatnet.Podman.Http;

namespace Flatnet.Command.Tests.Engine;

/// <summary>One Podman, reached in both ways.</summary>
internal sealed class Engines(PodmanService podman) : IDisposable
{
    public static readonly ListOptions Everything = new() { All = true, Pods = true };

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly SocketClient _client = new(podman.Socket, Limit);

    public IContainerEngine Socket => new PodmanSocketEngine(_client, hasLibpod: true);

    /// <summary>As if the socket were Docker's.</summary>
    public IContainerEngine Compatible => new PodmanSocketEngine(_client, hasLibpod: false);

    public IContainerEngine Command { get; } = new PodmanCommandEngine($"{podman.CommandDirectory}/podman", Limit, denied: null);

    public IContainerEngine[] Both => [Socket, Command];

    public static async Task<Dictionary<string, Container>> ByNameAsync(IContainerEngine engine)
    {
        using CancellationTokenSource patience = new(Limit);
        return (await engine.ListAsync(Everything, patience.Token)).ToDictionary(container => Assert.Single(container.Names));
    }

    /// <summary>A container in words, to be compared: all but the pod's name; times in whole seconds, which is all that the lists tell.</summary>
    public static string Fields(Container container)
    {
        return string.Join('\n',
        [
            container.Id, .. container.Names, container.Image, container.ImageId, .. container.Command, container.State, container.Health ?? "no health",
            $"created {container.CreatedAt?.ToUnixTimeSeconds()}", $"started {container.StartedAt?.ToUnixTimeSeconds()}",
            $"exited {container.ExitedAt?.ToUnixTimeSeconds()} {container.ExitCode}", $"process {container.ProcessId}",
            .. container.Ports.Select(port => port.ToString()), .. container.Mounts, container.Pod,
            .. container.Labels.OrderBy(label => label.Key).Select(label => label.ToString()),
            .. container.Networks.Select(network => $"{network.Name} {network.Mac} {string.Join(' ', network.Addresses.Select(address => address.ToString()))}"),
        ]);
    }

    public void Dispose()
    {
        _client.Dispose();
    }
}
