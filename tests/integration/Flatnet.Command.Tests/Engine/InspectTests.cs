using Flatnet.Command.Tests.Harness;
using Flatnet.Podman;

namespace Flatnet.Command.Tests.Engine;

/// <summary>Inspecting with Podman 4.3, over its socket and its command.</summary>
public sealed class InspectTests(PodmanService podman) : IClassFixture<PodmanService>, IDisposable
{
    private readonly Engines _engines = new(podman);
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(30));

    public void Dispose()
    {
        _engines.Dispose();
        _patience.Dispose();
    }

    [HostFact]
    public async Task Socket_and_command_inspect_the_same()
    {
        podman.AddNetwork(Networks.Bridge("net-a", "10.98.1.0/24"));
        string[] names = ["runs", "failed", "terminal"];
        podman.Start("runs", ["--network", "net-a", "--restart", "on-failure", "--label", "app=web", "--publish", "127.0.0.1:18081:81/udp"], "sleep", "1000");
        podman.Start("failed", ["--log-driver", "none"], "sh", "-c", "exit 3");
        podman.Start("terminal", ["--tty"], "sleep", "1000");
        podman.Run("wait", "failed");
        try
        {
            IContainerEngine socket = _engines.Socket;
            IContainerEngine command = _engines.Command;
            Dictionary<string, Container> listed = await Engines.ByNameAsync(socket);
            foreach (string name in names)
            {
                ContainerDetails overSocket = (await socket.InspectAsync(name, _patience.Token))!;
                ContainerDetails overCommand = (await command.InspectAsync(name, _patience.Token))!;
                ContainerDetails byId = (await socket.InspectAsync(overSocket.Container.Id[..12], _patience.Token))!;

                Assert.Equal(Engines.Fields(overSocket.Container), Engines.Fields(overCommand.Container));
                Assert.Equal(Engines.Fields(overSocket.Container), Engines.Fields(byId.Container));
                Assert.Equal(Engines.Fields(overSocket.Container), Engines.Fields(listed[name]));
                Assert.Equal(overSocket with { Container = overCommand.Container }, overCommand);
            }

            ContainerDetails runs = (await socket.InspectAsync("runs", _patience.Token))!;
            Assert.Equal("on-failure", runs.RestartPolicy);
            Assert.Equal("k8s-file", runs.LogDriver);
            Assert.True(File.Exists(runs.LogPath));
            Assert.False(runs.HasTerminal);
            Assert.Equal(new PublishedPort("127.0.0.1", 18081, 81, "udp"), Assert.Single(runs.Container.Ports));
            Assert.True((await socket.InspectAsync("terminal", _patience.Token))!.HasTerminal);
            Assert.Equal("none", (await socket.InspectAsync("failed", _patience.Token))!.LogDriver);
        }
        finally
        {
            podman.Remove(names);
        }
    }

    [HostFact]
    public async Task Images_and_unknown_names_are_no_containers()
    {
        foreach (IContainerEngine engine in _engines.Both)
        {
            Assert.Null(await engine.InspectAsync("nosuch", _patience.Token));
            Assert.Null(await engine.InspectAsync("box", _patience.Token));
            Assert.Null(await engine.InspectAsync(PodmanService.Image, _patience.Token));
            Assert.Null(await engine.InspectAsync("../../images", _patience.Token));
            Assert.Null(await engine.InspectAsync("--latest", _patience.Token));
        }
    }

    [HostFact]
    public async Task An_ambiguous_id_is_refused_with_Podmans_words()
    {
        List<string> names = [];
        try
        {
            // Seventeen IDs cannot all begin with different digits.
            for (int number = 0; number < 17; number++)
            {
                names.Add($"many{number}");
                podman.Create($"many{number}", [], "true");
            }

            IContainerEngine socket = _engines.Socket;
            IEnumerable<string> ids = (await socket.ListAsync(Engines.Everything, _patience.Token)).Select(container => container.Id);
            string digit = ids.GroupBy(id => id[..1]).First(group => group.Count() > 1).Key;
            foreach (IContainerEngine engine in _engines.Both)
            {
                EngineException refusal = await Assert.ThrowsAsync<EngineException>(() => engine.InspectAsync(digit, _patience.Token));
                Assert.Equal(EngineFailure.Refused, refusal.Failure);
                Assert.Contains("more than one", refusal.Message, StringComparison.Ordinal);
            }
        }
        finally
        {
            podman.Remove([.. names]);
        }
    }

    [HostFact]
    public async Task Versions_are_told()
    {
        Assert.Equal(new EngineVersion("4.3.1", "1.41"), await _engines.Socket.GetVersionAsync(_patience.Token));
        Assert.Equal(new EngineVersion("4.3.1", ""), await _engines.Command.GetVersionAsync(_patience.Token));
    }
}
