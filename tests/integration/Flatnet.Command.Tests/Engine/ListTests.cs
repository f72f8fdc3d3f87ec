using System.Collections.Immutable;
using Flatnet.Command.Tests.Harness;
using Flatnet.Podman;

namespace Flatnet.Command.Tests.Engine;

/// <summary>Listing with Podman 4.3: the same containers over its socket and its command, field by field.</summary>
public sealed class ListTests(PodmanService podman) : IClassFixture<PodmanService>, IDisposable
{
    private readonly Engines _engines = new(podman);
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(30));

    public void Dispose()
    {
        _engines.Dispose();
        _patience.Dispose();
    }

    [HostFact]
    public async Task Socket_and_command_list_the_same()
    {
        podman.AddNetwork(Networks.Bridge("net-a", "10.98.1.0/24"));
        podman.AddNetwork(Networks.Bridge("net-b", "10.98.2.0/24"));
        Dictionary<string, string> ids = new()
        {
            ["runs"] = podman.Start("runs", ["--network", "net-a,net-b", "--label", "app=web", "--label", "empty=", "--publish", "18080:80/tcp", "--volume", "/usr:/data:ro"], "sleep", "1000"),
            ["killed"] = podman.Start("killed", [], "sleep", "1000"),
            ["ended"] = podman.Start("ended", [], "true"),
            ["failed"] = podman.Start("failed", [], "sh", "-c", "exit 3"),
            ["paused"] = podman.Start("paused", [], "sleep", "1000"),
            ["created"] = podman.Create("created", ["--network", "net-a"], "sleep", "1000"),
        };
        podman.Run("kill", "killed");
        podman.Run("wait", "killed", "ended", "failed");
        podman.Run("pause", "paused");
        try
        {
            Dictionary<string, Container> overSocket = await Engines.ByNameAsync(_engines.Socket);
            Dictionary<string, Container> overCommand = await Engines.ByNameAsync(_engines.Command);

            Assert.Equal(ids.Keys.Order(), overSocket.Keys.Order());
            Assert.Equal(ids.Keys.Order(), overCommand.Keys.Order());
            foreach ((string name, string id) in ids)
            {
                Assert.Equal(id, overSocket[name].Id);
                Assert.Equal(Engines.Fields(overSocket[name]), Engines.Fields(overCommand[name]));
            }

            Assert.Equal(("running", null, true, false), Outcome(overSocket["runs"]));
            Assert.Equal(("exited", 137, true, true), Outcome(overSocket["killed"]));
            Assert.Equal(("exited", 0, true, true), Outcome(overSocket["ended"]));
            Assert.Equal(("exited", 3, true, true), Outcome(overSocket["failed"]));
            Assert.Equal(("paused", null, true, false), Outcome(overSocket["paused"]));
            Assert.Equal(("created", null, false, false), Outcome(overSocket["created"]));

            Container runs = overSocket["runs"];
            Assert.Equal(["net-a", "net-b"], runs.Networks.Select(network => network.Name));
            Assert.All(runs.Networks, network => Assert.StartsWith("10.98.", Assert.Single(network.Addresses).ToString(), StringComparison.Ordinal));
            Assert.All(runs.Networks, network => Assert.Matches("^([0-9a-f]{2}:){5}[0-9a-f]{2}$", network.Mac));
            Assert.Equal("web", runs.Labels["app"]);
            Assert.Equal("", runs.Labels["empty"]);
            Assert.Equal(new PublishedPort("", 18080, 80, "tcp"), Assert.Single(runs.Ports));
            Assert.Equal("/data", Assert.Single(runs.Mounts));
            Assert.Equal("sleep 1000", string.Join(' ', runs.Command));
            Assert.Equal(PodmanService.Image, runs.Image);
            Assert.Equal("net-a", Assert.Single(overSocket["created"].Networks).Name);
        }
        finally
        {
            podman.Remove([.. ids.Keys]);
        }
    }

    [HostFact]
    public async Task Podman_applies_filters()
    {
        podman.Start("blue", ["--label", "colour=blue"], "sleep", "1000");
        podman.Start("red", ["--label", "colour=red"], "sleep", "1000");
        podman.Create("grey", ["--label", "colour=blue"], "sleep", "1000");
        try
        {
            foreach (IContainerEngine engine in _engines.Both)
            {
                Assert.Equal(["blue"], await NamesAsync(engine, Filter("label", "colour=blue")));
                Assert.Equal(["blue", "grey"], await NamesAsync(engine, Filter("label", "colour=blue") with { All = true }));
                EngineException refusal = await Assert.ThrowsAsync<EngineException>(() => NamesAsync(engine, Filter("nonsense", "x")));
                Assert.Equal(EngineFailure.Refused, refusal.Failure);
                Assert.Contains("nonsense is an invalid filter", refusal.Message, StringComparison.Ordinal);
            }
        }
        finally
        {
            podman.Remove("blue", "red", "grey");
        }
    }

    [HostFact]
    public async Task Sizes_and_namespaces_come_when_asked_for()
    {
        podman.Start("sized", [], "sleep", "1000");
        try
        {
            foreach (IContainerEngine engine in _engines.Both)
            {
                Container plain = Assert.Single(await engine.ListAsync(new ListOptions(), _patience.Token));
                Container sized = Assert.Single(await engine.ListAsync(new ListOptions { Size = true }, _patience.Token));
                Container spaced = Assert.Single(await engine.ListAsync(new ListOptions { Namespaces = true }, _patience.Token));

                Assert.Equal((null, null, 0), (plain.SizeWhole, plain.SizeWritten, plain.Namespaces.Count));
                Assert.True(sized.SizeWhole > 500_000, $"{sized.SizeWhole}");
                Assert.NotNull(sized.SizeWritten);
                Assert.Equal(["cgroup", "ipc", "mnt", "net", "pid", "user", "uts"], spaced.Namespaces.Keys.Order());
            }
        }
        finally
        {
            podman.Remove("sized");
        }
    }

    [HostFact]
    public async Task Pods_are_told()
    {
        podman.AddNetwork(Networks.Bridge("net-a", "10.98.1.0/24"));
        string pod = podman.Run("pod", "create", "--infra=false", "--name", "group");
        podman.Create("member", ["--pod", "group"], "true");
        try
        {
            foreach (IContainerEngine engine in _engines.Both)
            {
                Container member = Assert.Single(await engine.ListAsync(Engines.Everything, _patience.Token));
                Assert.Equal((pod, "group"), (member.Pod, member.PodName));
            }
        }
        finally
        {
            podman.Run("pod", "rm", "--force", "group");
        }
    }

    [HostFact]
    public async Task The_compatible_api_alone_serves_too()
    {
        podman.Start("failed", ["--label", "a=b"], "sh", "-c", "exit 3");
        podman.Start("runs", [], "sleep", "1000");
        podman.Run("wait", "failed");
        try
        {
            Dictionary<string, Container> own = await Engines.ByNameAsync(_engines.Socket);
            Dictionary<string, Container> compatible = await Engines.ByNameAsync(_engines.Compatible);

            Assert.Equal(own.Keys.Order(), compatible.Keys.Order());
            Assert.All(own.Keys, name => Assert.Equal(Engines.Fields(own[name]), Engines.Fields(compatible[name])));
        }
        finally
        {
            podman.Remove("failed", "runs");
        }
    }

    private async Task<IEnumerable<string>> NamesAsync(IContainerEngine engine, ListOptions options)
    {
        return (await engine.ListAsync(options, _patience.Token)).Select(container => container.Names[0]).Order();
    }

    private static ListOptions Filter(string key, string value)
    {
        return new ListOptions { Filters = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add(key, [value]) };
    }

    private static (string State, int? ExitCode, bool Started, bool Exited) Outcome(Container container)
    {
        return (container.State, container.ExitCode, container.StartedAt is not null, container.ExitedAt is not null);
    }
}
