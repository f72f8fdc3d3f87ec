using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Flatnet.Podman.Json;

namespace Flatnet.Podman.Tests.Engine;

/// <summary>The shapes of containers and events, as recorded.</summary>
public sealed class ReaderTests
{
    private static readonly DateTimeOffset Started = DateTimeOffset.FromUnixTimeSeconds(1795259129);

    [Theory]
    [InlineData(Samples.OwnList)]
    [InlineData(Samples.CommandList)]
    public void Api_and_command_list_the_same(string json)
    {
        ImmutableArray<Container> containers = List(json);
        Container web = containers[0];
        Container job = containers[1];

        Assert.Equal((Samples.WebId, "web", "localhost/box:1", Samples.ImageId), (web.Id, web.Names.Single(), web.Image, web.ImageId));
        Assert.Equal(("running", "healthy", null, 23312), (web.State, web.Health, web.ExitCode, web.ProcessId));
        Assert.Equal((1795259128, Started, null), (web.CreatedAt!.Value.ToUnixTimeSeconds(), web.StartedAt, web.ExitedAt));
        Assert.Equal("sleep 1000", string.Join(' ', web.Command));
        Assert.Equal("web", web.Labels["app"]);
        Assert.Equal("/data", web.Mounts.Single());
        Assert.Equal(new PublishedPort("", 8080, 80, "tcp", 3), web.Ports.Single());
        Assert.Equal(["blue", "flatnet"], web.Networks.Select(network => network.Name));

        Assert.Equal(("exited", null, 137, 0), (job.State, job.Health, job.ExitCode, job.ProcessId));
        Assert.Equal((Started, Started.AddSeconds(1)), (job.StartedAt, job.ExitedAt));
        Assert.Empty(job.Command);
        Assert.Empty(job.Labels);
    }

    [Fact]
    public void Newer_lists_tell_restarts_exposed_ports_sizes_and_namespaces()
    {
        Container web = List(Samples.NewerList).Single();

        Assert.Equal((4, 1982291, 12), (web.Restarts, web.SizeWhole, web.SizeWritten));
        Assert.Equal([new PublishedPort("", 0, 80, "tcp"), new PublishedPort("", 0, 80, "udp")], web.Ports.ToArray());
        Assert.Equal(["cgroup", "ipc", "mnt", "net", "pid", "user", "uts"], web.Namespaces.Keys.Order());
        Assert.Equal(1795259128, web.CreatedAt!.Value.ToUnixTimeSeconds());
    }

    [Fact]
    public void Inspecting_tells_addresses_ports_log_and_terminal()
    {
        ContainerDetails details = Inspect(Samples.OwnInspect);
        Container web = details.Container;

        Assert.Equal((true, "k8s-file", "/var/log/ctr.log", "always"), (details.HasTerminal, details.LogDriver, details.LogPath, details.RestartPolicy));
        Assert.Equal(("running", "healthy", null, null, 2), (web.State, web.Health, web.ExitCode, web.ExitedAt, web.Restarts));
        Assert.Equal([new PublishedPort("", 0, 53, "udp"), new PublishedPort("127.0.0.1", 8080, 80, "tcp")], web.Ports.ToArray());
        ContainerNetwork network = web.Networks.Single();
        Assert.Equal(("flatnet", "0a:58:0a:57:01:07"), (network.Name, network.Mac));
        Assert.Equal(["10.87.1.7", "10.87.1.8", "fd00::7", "fd00::8"], network.Addresses.Select(address => address.ToString()));
    }

    [Fact]
    public void The_compatible_shape_is_read_as_the_own_one()
    {
        ContainerDetails details = Inspect(Samples.CompatibleInspect);
        Container job = details.Container;

        Assert.Equal(("job", "localhost/box:1", Samples.ImageId), (job.Names.Single(), job.Image, job.ImageId));
        Assert.Equal(("exited", 137, null), (job.State, job.ExitCode, job.SizeWhole));
        Assert.Equal("/var/log/job.log", details.LogPath);
    }

    [Fact]
    public void An_exit_code_is_told_only_of_what_has_ended()
    {
        foreach (string state in (string[])["created", "initialized", "running", "paused", "stopping", "removing", "unknown"])
        {
            Assert.Null(List($$"""[{"Id":"1","State":"{{state}}","ExitCode":0}]""").Single().ExitCode);
        }

        Assert.Equal(0, List("""[{"Id":"1","State":"exited","ExitCode":0}]""").Single().ExitCode);
        Assert.Equal(9, List("""[{"Id":"1","State":"stopped","ExitCode":9}]""").Single().ExitCode);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("starting", "starting")]
    [InlineData("unhealthy", "unhealthy")]
    [InlineData("Up 2 seconds (healthy)", "healthy")]
    [InlineData("Up 2 seconds (Paused)", null)]
    [InlineData("Exited (137) 1 second ago", null)]
    [InlineData("Exited (137)", null)]
    [InlineData(")", null)]
    public void Health_is_a_word_or_in_parentheses(string status, string? expected)
    {
        Assert.Equal(expected, ContainerFields.Health(status));
    }

    [Theory]
    [InlineData("""{"t":-62135596800}""", null)]
    [InlineData("""{"t":0}""", null)]
    [InlineData("""{"t":"0001-01-01T00:00:00Z"}""", null)]
    [InlineData("""{"t":"yesterday"}""", null)]
    [InlineData("""{"t":1e300}""", null)]
    [InlineData("""{"t":9223372036854775807}""", null)]
    [InlineData("""{"t":null}""", null)]
    [InlineData("""{}""", null)]
    [InlineData("""{"t":1795259129}""", 1795259129000L)]
    [InlineData("""{"t":"2026-11-21T11:05:29Z"}""", 1795259129000L)]
    [InlineData("""{"t":"2026-11-21T20:05:29.123456789+09:00"}""", 1795259129123L)]
    public void Times_are_text_or_seconds_and_never_is_null(string json, long? milliseconds)
    {
        using JsonDocument document = JsonDocument.Parse(json);

        Assert.Equal(milliseconds, document.RootElement.Time("t")?.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void Fields_of_another_type_count_as_empty()
    {
        Container odd = List("""[{"Id":7,"Names":"web","Labels":[1],"Ports":[null,"x"],"Networks":{},"Mounts":[1,"/a"],"Pid":1e99,"Size":"big","State":3}, 5]""")[0];

        Assert.Equal(("", "unknown", 0, null), (odd.Id, odd.State, odd.ProcessId, odd.SizeWhole));
        Assert.Empty(odd.Names);
        Assert.Equal("/a", odd.Mounts.Single());
    }

    [Fact]
    public void Events_are_read_in_each_shape()
    {
        DateTimeOffset time = DateTimeOffset.UnixEpoch.AddTicks(17952593428539806);
        EngineEvent expected = new("died", "5fd7", "hc", time, 137);

        Assert.Equal(expected, EventReader.Read("""{"status":"died","id":"5fd7","from":"box","Type":"container","Action":"died","Actor":{"ID":"5fd7","Attributes":{"containerExitCode":"137","image":"box","name":"hc"}},"time":1795259342,"timeNano":1795259342853980685}"""));
        Assert.Equal(expected, EventReader.Read("""{"Type":"container","Action":"die","Actor":{"ID":"5fd7","Attributes":{"exitCode":"137","name":"hc"}},"time":1795259342,"timeNano":1795259342853980685}"""));
        Assert.Equal(expected, EventReader.Read("""{"ContainerExitCode":137,"ID":"5fd7","Image":"box","Name":"hc","Status":"died","Time":"2026-11-21T11:09:02.853980685Z","Type":"container"}"""));
    }

    [Fact]
    public void An_exit_code_of_0_may_be_left_out_of_an_event()
    {
        Assert.Equal(0, EventReader.Read("""{"ID":"5fd7","Name":"hc","Status":"died","Time":"2026-11-21T11:09:02Z","Type":"container"}""")!.ExitCode);
        Assert.Null(EventReader.Read("""{"ID":"5fd7","Name":"hc","Status":"start","Time":"2026-11-21T11:09:02Z","Type":"container"}""")!.ExitCode);
        Assert.Null(EventReader.Read("""{"Type":"container","Action":"start","Actor":{"ID":"5fd7","Attributes":{"containerExitCode":"0"}},"time":1}""")!.ExitCode);
    }

    [Fact]
    public void Events_of_images_and_other_things_are_left_out()
    {
        Assert.Null(EventReader.Read("""{"Type":"image","Action":"pull","Actor":{"ID":"1"}}"""));
        Assert.Null(EventReader.Read("[1]"));
    }

    [Fact]
    public void Addresses_come_from_the_compatible_list()
    {
        using JsonDocument document = JsonDocument.Parse(Samples.CompatibleList);
        ImmutableArray<ContainerNetwork> networks = NetworkReader.Read(document.RootElement[1]);

        Assert.Equal(["blue", "flatnet"], networks.Select(network => network.Name));
        Assert.Equal([IPAddress.Parse("10.87.1.7"), IPAddress.Parse("fd00::7")], networks[1].Addresses.ToArray());
        Assert.Empty(networks[0].Addresses);
        Assert.Empty(NetworkReader.Read(document.RootElement[0]));
    }

    private static ImmutableArray<Container> List(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return ListReader.Read(document.RootElement);
    }

    private static ContainerDetails Inspect(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return InspectReader.Read(document.RootElement);
    }
}
